package dev.cascade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cascade.run.RunJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What explains a finished run: why, the work ledger, and files for other tools. */
class WhyTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void run() {
    cli = new Cli(folder);
    Cli.Said said = cli.keeping("run", cli.queue(), "-q");
    assertThat(said.out()).contains("WORK", "answered....", "of CPU");
  }

  private Path latest() {
    return cli.runs().resolve("queue").resolve("latest");
  }

  @Test
  void whyNumbersTheStepsFromLoadToViolation() {
    Cli.Said said = cli.keeping("why", "queue", "quick");

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out()).contains("quick was violated first at", "HOW IT CAME", "ON THE WAY");
    assertThat(said.out())
        .contains("20s  power-cut: crash shop-1  (step 1, struck who takes part in 3, 4)")
        .containsPattern(" 1  power-cut: crash shop-1\\R +at 20s\\R")
        .containsPattern(" 2  \\S+ acts by timers of its own")
        .containsPattern("follows 2 and 1\\s+\\(state\\)");
    assertThat(said.out()).contains("load that is always there");
  }

  /** What worked is not what has to be explained, though it changes most. */
  @Test
  void whyStartsFromRequestsThatFailed() {
    cli.call("init", "shop", "--dir", folder.toString());
    String file = folder.resolve("shop.yaml").toString();
    cli.keeping("run", file, "-q", "--set", "duration=2m30s");

    String said = cli.keeping("why", "shop", "pages-work").out();

    assertThat(said).containsPattern("outcome=\"(?!success)\\w+\".* changed");
    assertThat(said).doesNotContainPattern("outcome=\"success\".* changed");
    assertThat(said.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  /** A crash is no message; the check that finds it out is, and it leads to the event. */
  @Test
  void whyLeadsToAnEventToo() {
    String scenario =
        """
        apiVersion: cascade/v1alpha1
        kind: Scenario
        metadata: {name: checked}
        spec:
          duration: 60s
          topology:
            - name: app
              model: service
              replicas: 2
              config: {threads: 9, queue: {capacity: 9}, endpoints: [{name: page, path: /, cpu: 1ms}]}
            - {name: proxy, model: balancer, config: {target: app, healthCheck: {}}}
          load: [{name: users, executor: constant-arrival-rate, target: proxy, path: /, rate: 5/s, timeout: 3s}]
          method: [{name: down, at: 10s, action: crash, target: app-1/server, duration: 40s}]
          properties: [{name: all-well, never: "event('upstream-unhealthy')"}]
        """;
    assertThat(cli.keeping("run", cli.file("checked.yaml", scenario), "-q").code()).isEqualTo(1);

    assertThat(cli.keeping("why", "checked", "all-well").out())
        .contains(
            "event('upstream-unhealthy')", "is refused by app/server", "down: crash app-1/server")
        .doesNotContain("not on the way", "No message led there");
  }

  @Test
  void whyAsJsonRefersToStepsThatAreThere() throws IOException {
    JsonNode why =
        RunJson.MAPPER.readTree(cli.keeping("why", "queue", "quick", "-o", "json").out());

    JsonNode steps = why.path("steps");
    assertThat(steps.size()).isGreaterThan(1);
    for (JsonNode step : steps) {
      for (JsonNode before : step.path("after")) {
        assertThat(before.asInt()).isBetween(1, steps.size());
      }
    }
    assertThat(why.path("onTheWay").path("work").path("total").path("messages").asLong())
        .isPositive();
  }

  /** Not any run of the scenario, nor the latest. */
  @Test
  void thePageNamesTheCommandThatExplainsItsOwnRun() throws IOException {
    String page = Files.readString(latest().resolve("report.html"));
    String run = page.replaceFirst("(?s).*\\./cascade why (\\S+) quick<.*", "$1");
    cli.keeping("run", cli.queue(), "-q", "--seed", "43");

    assertThat(Path.of(run)).isAbsolute(); // it is not below the working directory
    Cli.Said own = cli.call("why", run, "quick", "-o", "json");
    assertThat(own.code()).as(own.err()).isZero();
    assertThat(own.out()).isNotEqualTo(cli.keeping("why", "queue", "quick", "-o", "json").out());
  }

  @Test
  void aRunTellsItInItsPageIfAsked() throws IOException {
    String told = cli.keeping("why", "queue", "quick").out();

    assertThat(cli.keeping("run", cli.queue(), "-q", "--why").code()).isZero();

    String page = Files.readString(latest().resolve("report.html"));
    assertThat(page).contains("<summary>why quick</summary>").doesNotContain("./cascade why");
    assertThat(told.lines().filter(line -> line.contains("led here"))).allMatch(page::contains);
    assertThat(cli.keeping("run", cli.queue(), "--why", "--no-report").err())
        .contains("--why tells it in the page, and --no-report writes none.");
  }

  @Test
  void whatWasNotViolatedHasNoWhy() {
    Cli.Said said = cli.keeping("why", "queue", "no-such-property");

    assertThat(said.code()).isEqualTo(ExitCode.USAGE.code);
    assertThat(said.err()).contains("(no-such-property)", "quick");
  }

  @Test
  void accountsOfWorkSumToTheTotal() throws IOException {
    JsonNode results = RunJson.MAPPER.readTree(latest().resolve("results.json").toFile());
    JsonNode work = results.path("work");

    long messages =
        work.path("own").path("messages").asLong()
            + work.path("unfinished").path("messages").asLong();
    for (JsonNode account : work.path("accounts")) {
      messages += account.path("messages").asLong();
    }
    assertThat(messages)
        .isEqualTo(work.path("total").path("messages").asLong())
        .isEqualTo(results.path("messages").path("handled").asLong());
  }

  /** As Chrome's trace event format wants it: each event has what its phase asks for. */
  @Test
  void traceHasOnlyEventsThatPerfettoReads() throws IOException {
    JsonNode trace;
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(latest().resolve("trace.json.gz")))) {
      trace = RunJson.MAPPER.readTree(in);
    }
    JsonNode events = trace.path("traceEvents");
    Map<String, JsonNode> open = new TreeMap<>();
    int requests = 0;

    Set<Integer> named = new TreeSet<>();
    int spans = 0;
    for (JsonNode event : events) {
      assertThat(event.path("name").asText()).isNotEmpty();
      assertThat(event.path("pid").isInt()).isTrue();
      assertThat(event.path("tid").isInt()).isTrue();
      switch (event.path("ph").asText()) {
        case "M" -> {
          assertThat(event.path("args").path("name").asText()).isNotEmpty();
          named.add(event.path("pid").asInt());
        }
        case "X" -> {
          spans++;
          assertThat(event.path("ts").asLong()).isNotNegative();
          assertThat(event.path("dur").isIntegralNumber()).isTrue();
          assertThat(event.path("dur").asLong()).isNotNegative();
          assertThat(named).contains(event.path("pid").asInt());
        }
        // Nestable asynchronous events: b and e share category, id, name and process.
        case "b" -> {
          requests++;
          assertThat(event.path("id").asText()).matches("0x[0-9a-f]+");
          assertThat(event.path("cat").asText()).isNotEmpty();
          assertThat(event.path("args").path("caller").asText()).isNotEmpty();
          assertThat(event.path("args").path("callee").asText()).isNotEmpty();
          assertThat(event.path("args").path("outcome").asText())
              .isIn("reply", "timed-out", "refused", "reset", "gone");
          assertThat(named).contains(event.path("pid").asInt());
          assertThat(open.put(event.path("id").asText(), event)).isNull();
        }
        case "e" -> {
          JsonNode begin = open.remove(event.path("id").asText());
          assertThat(begin).isNotNull();
          for (String same : List.of("cat", "name", "pid", "tid")) {
            assertThat(event.path(same)).isEqualTo(begin.path(same));
          }
          assertThat(event.path("ts").asLong()).isGreaterThanOrEqualTo(begin.path("ts").asLong());
        }
        case "i" -> assertThat(event.path("s").asText()).isEqualTo("t");
        default -> throw new AssertionError("The phase is unknown: " + event);
      }
    }
    assertThat(spans).as("violations of quick").isPositive();
    assertThat(open).as("requests that begin and never end").isEmpty();
    assertThat(requests).isPositive();
    assertThat(trace.path("otherData").path("requests").asInt()).isEqualTo(requests);
    assertThat(trace.path("otherData").path("requestsLeftOut").isIntegralNumber()).isTrue();
  }

  @Test
  void grafanaDashboardHasAPanelForEachMetricByTheNamesOfOpenMetrics() throws IOException {
    Path file = folder.resolve("dashboard.json");

    cli.call("report", "queue", "--runs", cli.runs().toString(), "--grafana", file.toString());

    String metrics = Files.readString(latest().resolve("metrics.om"));
    JsonNode panels = RunJson.MAPPER.readTree(file.toFile()).path("panels");
    assertThat(panels.size()).isGreaterThan(3);
    for (JsonNode panel : panels) {
      String expression = panel.path("targets").path(0).path("expr").asText();
      String name = expression.replaceFirst(".*rate\\(", "").replaceFirst("[\\[{].*", "");
      assertThat(metrics).containsPattern("(?m)^" + name + "[{ ]");
    }
  }
}
