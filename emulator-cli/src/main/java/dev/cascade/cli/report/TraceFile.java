package dev.cascade.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cascade.engine.RequestSpan;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunJson;
import dev.cascade.run.RunResult;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * {@code trace.json.gz}: a run for Perfetto and other readers of Chrome's trace event format.
 * Faults and operators are tracks of one process, properties those of another, and each host is a
 * process whose threads are its processes, with what they recorded. The journal bounds the events.
 * Requests are spans of the host that asked: asynchronous ones, as many are open at once.
 */
public final class TraceFile {
  /** The file's name in the run's folder. */
  public static final String FILE = "trace.json.gz";

  private static final int METHOD = 1;
  private static final int PROPERTIES = 2;
  private static final int FIRST_HOST = 3;

  private final JsonGenerator json;
  private final Map<String, Integer> hosts = new TreeMap<>();
  private final Map<String, Integer> threads = new TreeMap<>();

  private TraceFile(JsonGenerator json) {
    this.json = json;
  }

  /** Writes the file into the folder of a run. */
  public static void write(RunFolder folder, RunResult.Requests requests) throws IOException {
    try (OutputStream out =
            new GZIPOutputStream(
                new BufferedOutputStream(Files.newOutputStream(folder.path().resolve(FILE))));
        JsonGenerator json = RunJson.MAPPER.getFactory().createGenerator(out)) {
      new TraceFile(json).write(folder.journal(), folder.results(), requests);
    }
  }

  private void write(List<JsonNode> journal, JsonNode results, RunResult.Requests requests)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("displayTimeUnit", "ms");
    json.writeArrayFieldStart("traceEvents");
    method(new History(journal, results.path("virtualSeconds").asDouble()));
    properties(results.path("properties"));
    for (JsonNode entry : journal) {
      if (entry.path("kind").asText().equals("event")) {
        event(entry);
      }
    }
    int number = 0;
    for (RequestSpan span : requests.kept()) {
      request(span, "0x" + Integer.toHexString(++number));
    }
    json.writeEndArray();
    json.writeObjectFieldStart("otherData");
    json.writeNumberField("requests", requests.kept().size());
    json.writeNumberField("requestsLeftOut", requests.leftOut());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void method(History history) throws IOException {
    name("process_name", METHOD, 0, "method");
    List<String> kinds = List.of("fault", "operator", "action");
    for (int i = 0; i < kinds.size(); i++) {
      name("thread_name", METHOD, 1 + i, kinds.get(i));
    }
    for (History.Step step : history.steps()) {
      Double to = step.to();
      int thread = 1 + kinds.indexOf(step.kind());
      begin(step.name(), step.kind(), METHOD, thread, step.from());
      span(step.from(), to == null ? step.from() : to, to == null);
      json.writeObjectFieldStart("args");
      json.writeStringField("what", step.what());
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private void properties(JsonNode properties) throws IOException {
    name("process_name", PROPERTIES, 0, "properties");
    int thread = 0;
    for (JsonNode property : properties) {
      String name = property.path("name").asText();
      name("thread_name", PROPERTIES, ++thread, name);
      for (JsonNode stretch : property.path("violations")) {
        begin("violated", "property", PROPERTIES, thread, stretch.path(0).asDouble());
        span(stretch.path(0).asDouble(), stretch.path(1).asDouble(), false);
        json.writeEndObject();
      }
    }
  }

  /** What a process recorded: an instant on its own track. */
  private void event(JsonNode entry) throws IOException {
    double at = entry.path("time").asDouble();
    Track track = track(entry.path("process").asText());
    begin(entry.path("name").asText(), "event", track.host(), track.process(), at);
    span(at, at, true);
    json.writeObjectFieldStart("args");
    for (Map.Entry<String, JsonNode> field : entry.properties()) {
      if (!List.of("time", "kind", "name", "process").contains(field.getKey())) {
        json.writeStringField(field.getKey(), field.getValue().asText());
      }
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /**
   * A pair of nestable asynchronous events, {@code b} and {@code e}, that its id holds together.
   */
  private void request(RequestSpan span, String id) throws IOException {
    Track track = track(span.caller());
    begin(span.subject(), "request", track.host(), track.process(), span.fromNanos() / 1e9);
    json.writeStringField("ph", "b");
    json.writeStringField("id", id);
    json.writeObjectFieldStart("args");
    json.writeStringField("caller", span.caller());
    json.writeStringField("callee", span.callee());
    json.writeStringField("purpose", span.purpose().word());
    json.writeStringField("outcome", span.outcome());
    if (span.messages() >= 0) {
      json.writeNumberField("messages", span.messages());
      json.writeNumberField("cpuMicros", span.cpuNanos() / 1e3);
    }
    json.writeEndObject();
    json.writeEndObject();
    begin(span.subject(), "request", track.host(), track.process(), span.toNanos() / 1e9);
    json.writeStringField("ph", "e");
    json.writeStringField("id", id);
    json.writeEndObject();
  }

  /** Where something of a process is drawn. */
  private record Track(int host, int process) {}

  private Track track(String process) throws IOException {
    String hostName = process.replaceFirst("/.*", "");
    Integer host = hosts.get(hostName);
    if (host == null) {
      host = FIRST_HOST + hosts.size();
      hosts.put(hostName, host);
      name("process_name", host, 0, hostName);
    }
    Integer thread = threads.get(process);
    if (thread == null) {
      thread = 1 + threads.size();
      threads.put(process, thread);
      name("thread_name", host, thread, process);
    }
    return new Track(host, thread);
  }

  /** Metadata: what a process or a thread is called. */
  private void name(String what, int process, int thread, String name) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", what);
    json.writeStringField("ph", "M");
    json.writeNumberField("pid", process);
    json.writeNumberField("tid", thread);
    json.writeObjectFieldStart("args");
    json.writeStringField("name", name);
    json.writeEndObject();
    json.writeEndObject();
  }

  private void begin(String name, String category, int process, int thread, double at)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("cat", category);
    json.writeNumberField("pid", process);
    json.writeNumberField("tid", thread);
    json.writeNumberField("ts", micros(at));
  }

  /** A complete event ({@code X}), or an instant ({@code i}) of its thread. */
  private void span(double from, double to, boolean instant) throws IOException {
    json.writeStringField("ph", instant ? "i" : "X");
    if (instant) {
      json.writeStringField("s", "t");
    } else {
      json.writeNumberField("dur", micros(to) - micros(from));
    }
  }

  private static long micros(double seconds) {
    return Math.round(seconds * 1e6);
  }
}
