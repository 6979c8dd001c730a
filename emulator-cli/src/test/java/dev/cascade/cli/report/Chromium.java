package dev.cascade.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A Chromium without a window and one page in it, driven over its DevTools protocol with what the
 * JDK has: a test then needs a browser and nothing to drive it.
 */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final String session;

  /** Where a browser is, if there is one. */
  static Optional<Path> find() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts one, whose profile is in a folder of its own. */
  static Chromium start(Path binary, Path profile) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                binary.toString(),
                "--headless=new",
                "--no-sandbox", // containers have no user namespaces for it; the page is ours
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolveSibling(profile.getFileName() + ".log").toFile())
            .start();
    return new Chromium(process, address(process, profile.resolve("DevToolsActivePort")));
  }

  private Chromium(Process process, URI address) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, new Listener()).join();
    String target =
        send("", "Target.createTarget", parameters("url", "about:blank")).path("targetId").asText();
    this.session =
        send("", "Target.attachToTarget", parameters("targetId", target, "flatten", true))
            .path("sessionId")
            .asText();
    List.of("Page.enable", "Runtime.enable", "Network.enable", "Log.enable").forEach(this::call);
  }

  /** Chromium writes its port and path into a file once it listens. */
  private static URI address(Process process, Path file) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() >= 2) {
          return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
        }
      }
      Thread.sleep(50);
    }
    process.destroy();
    throw new IOException("Chromium did not start.");
  }

  /** Hears answers, which are whole only with their last part, and events. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder part = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        hear(part.toString());
        part.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }

    private void hear(String text) {
      try {
        JsonNode message = MAPPER.readTree(text);
        CompletableFuture<JsonNode> waiting = answers.remove(message.path("id").asInt(-1));
        if (waiting != null) {
          waiting.complete(message);
        } else {
          events.add(message);
        }
      } catch (IOException broken) {
        throw new IllegalStateException(broken);
      }
    }
  }

  /** Calls a method of the protocol, with names and values of its parameters in turn. */
  JsonNode call(String method, Object... parameters) {
    return send(session, method, parameters(parameters));
  }

  private static ObjectNode parameters(Object... namesAndValues) {
    ObjectNode json = MAPPER.createObjectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      json.set((String) namesAndValues[i], MAPPER.valueToTree(namesAndValues[i + 1]));
    }
    return json;
  }

  private JsonNode send(String inSession, String method, ObjectNode parameters) {
    int id = calls.incrementAndGet();
    ObjectNode message = MAPPER.createObjectNode().put("id", id).put("method", method);
    message.set("params", parameters);
    if (!inSession.isEmpty()) {
      message.put("sessionId", inSession);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    socket.sendText(message.toString(), true).join();
    JsonNode heard = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    if (heard.has("error")) {
      throw new IllegalStateException(method + ": " + heard.path("error"));
    }
    return heard.path("result");
  }

  /** Opens a page and waits until it has loaded. */
  void open(URI page) {
    events.clear();
    call("Page.navigate", "url", page.toString());
    evaluate(
        "new Promise(done => document.readyState === 'complete' ? done()"
            + " : addEventListener('load', () => done()))");
    settle();
  }

  /** Waits until what was asked for is painted. */
  void settle() {
    evaluate(
        "new Promise(done => setTimeout(() => requestAnimationFrame(() =>"
            + " requestAnimationFrame(() => done())), 150))");
  }

  /** What a script says, of whatever it promises. */
  JsonNode evaluate(String script) {
    JsonNode answer =
        call("Runtime.evaluate", "expression", script, "awaitPromise", true, "returnByValue", true);
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(script + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  void prefers(String scheme) {
    call(
        "Emulation.setEmulatedMedia",
        "features",
        List.of(Map.of("name", "prefers-color-scheme", "value", scheme)));
    settle();
  }

  void size(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        "width",
        width,
        "height",
        height,
        "deviceScaleFactor",
        1,
        "mobile",
        false);
    settle();
  }

  /** Presses a key, as its name is in the DOM. */
  void press(String key) {
    int code = key.equals("Tab") ? 9 : key.equals("Enter") ? 13 : 0;
    for (String type : List.of("rawKeyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          "type",
          type,
          "key",
          key,
          "code",
          key,
          "windowsVirtualKeyCode",
          code);
    }
  }

  /** All that the console was told as an error, by scripts or by the browser itself. */
  List<String> errors() {
    List<String> errors = new ArrayList<>();
    for (JsonNode event : events) {
      String method = event.path("method").asText();
      JsonNode parameters = event.path("params");
      boolean error =
          method.equals("Runtime.exceptionThrown")
              || (method.equals("Runtime.consoleAPICalled")
                  && !parameters.path("type").asText().equals("log"))
              || (method.equals("Log.entryAdded")
                  && parameters.path("entry").path("level").asText().equals("error"));
      if (error) {
        errors.add(parameters.toString());
      }
    }
    return errors;
  }

  /** The addresses that the page asked for. */
  List<String> requests() {
    return events.stream()
        .filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
        .map(event -> event.path("params").path("request").path("url").asText())
        .toList();
  }

  byte[] screenshot(boolean wholePage) {
    return Base64.getDecoder()
        .decode(
            call("Page.captureScreenshot", "format", "png", "captureBeyondViewport", wholePage)
                .path("data")
                .asText());
  }

  byte[] pdf() {
    return Base64.getDecoder()
        .decode(call("Page.printToPDF", "printBackground", false).path("data").asText());
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
