package dev.cascade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cascade.run.RunJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code explore} finds, tells, keeps and refuses, and what {@code shrink} leaves. */
class ExploreTest {
  /**
   * Tellers begin 24 ms apart. Read, balance and write of one take 27 ms at most and the next one's
   * read 1 ms at least, so that an update is lost only if those three take more than 25 ms
   * together: x below 2 of the 8 ms that each may save, (2/8)³/6 = 0.26 % even if the next one's
   * read is at its fastest.
   */
  private static final String RACE =
      """
      apiVersion: cascade/v1alpha1
      kind: Scenario
      metadata: {name: race}
      spec:
        duration: 4s
        network: {default: {latency: {distribution: uniform, min: 1ms, max: 9ms}, latencyMin: 1ms}}
        topology:
          - {name: ledger, model: ledger}
          - {name: tellers, model: ledger, replicas: 4, config: {ledger: ledger, gap: 24ms}}
          - name: shop
            model: service
            config:
              threads: 1
              queue: {capacity: 100}
              endpoints:
                - {name: buy, path: /buy, cpu: 10ms, calls: [{name: stock, target: stock, path: /, timeout: 1s}]}
          - name: stock
            model: service
            config: {threads: 4, queue: {capacity: 100}, endpoints: [{name: all, path: /, cpu: 1ms}]}
        links: [{from: shop, to: stock, latency: 2ms}]
        load: [{name: users, executor: constant-arrival-rate, target: shop, path: /buy, rate: 5/s, timeout: 10s}]
        method:
          - {name: power-cut, at: 500ms, action: crash, target: shop, duration: 500ms}
          - {name: slow-stock, at: 1s, action: cpu, target: stock, percent: 80%, duration: 1s}
        properties:
          - {name: nothing-lost, never: "event('update-lost')"}
          - {name: sold, sometimes: "total('http_server_requests_total{service=\\"shop\\"}') > 0"}
      """;

  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void prepare() {
    cli = new Cli(folder);
  }

  private String race() {
    return cli.file("race.yaml", RACE);
  }

  private Cli.Said explore(String... more) {
    List<String> all = new ArrayList<>(List.of("explore", race(), "-q"));
    all.addAll(List.of(more));
    return cli.keeping(all.toArray(String[]::new));
  }

  private JsonNode json(Cli.Said said) throws IOException {
    return RunJson.MAPPER.readTree(said.out());
  }

  private static String after(String label, String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> line.startsWith(label + " "))
        .map(line -> line.substring(label.length()).strip())
        .findFirst()
        .orElseThrow();
  }

  /** Chosen among the tellers' messages, a few runs are enough; the run that is kept repeats. */
  @Test
  void plantedRaceIsFoundAndItsCommandRepeatsIt() throws IOException {
    Cli.Said said =
        explore("--strategy", "pct", "--depth", "2", "--among", "ledger,tellers", "--runs", "100");

    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(ExitCode.DEVIATED.code);
    assertThat(said.out())
        .contains("EXPLORED", "nothing-lost in 1", "with the first", "(95 %: ", "a run, ")
        .contains("choices among 12 messages a run");
    String[] command = after("repeat", said.out()).split(" ");
    List<String> words = new ArrayList<>(List.of(command).subList(1, command.length));
    words.addAll(List.of("-q", "-o", "json", "--no-report"));
    Cli.Said repeated = cli.keeping(words.toArray(String[]::new));
    assertThat(repeated.code()).isEqualTo(ExitCode.DEVIATED.code);
    Path kept = Path.of(after("results", said.out()));
    JsonNode about = RunJson.MAPPER.readTree(kept.resolve("run.json").toFile());
    assertThat(about.path("schedule").asText()).startsWith("pct:depth=2,steps=12,among=");
    assertThat(json(repeated).path("traceHash").asText())
        .isEqualTo(about.path("traceHash").asText());
    assertThat(Files.readString(kept.resolve("messages.svg")))
        .contains("nothing-lost is violated", "Balance", "tellers-", "update-lost by=");
    assertThat(Files.readString(kept.resolve("report.html"))).contains("messages-around");
    Cli.Said alone =
        cli.keeping("run", kept.resolve("scenario.yaml").toString(), "-q", "-o", "json");
    assertThat(json(alone).path("traceHash").asText()).isEqualTo(about.path("traceHash").asText());
  }

  /** However many cores there are, runs count in the order of their seeds. */
  @Test
  void rateIsThatOfTheFirstSeeds() throws IOException {
    JsonNode found =
        json(explore("--deviations", "0", "--runs", "40", "--no-report", "-o", "json"));

    assertThat(found.path("runs").asInt()).isEqualTo(40);
    assertThat(found.path("ended").asText()).isEqualTo("runs");
    int deviations = found.path("deviations").asInt();
    assertThat(found.path("rate").path("estimate").asDouble()).isEqualTo(deviations / 40.0);
    assertThat(found.path("rate").path("low").asDouble()).isLessThanOrEqualTo(deviations / 40.0);
    assertThat(found.path("rate").path("high").asDouble()).isBetween(deviations / 40.0, 0.5);
    assertThat(found.path("schedules").asInt()).isGreaterThan(35);
    assertThat(found.path("secondsPerRun").asDouble()).isPositive();
  }

  /** Constant links and nobody else: whatever is chosen, messages come in one order. */
  @ParameterizedTest
  @ValueSource(strings = {"random", "pct", "delay"})
  void searchThatControlsNothingIsInconclusive(String strategy) {
    String still =
        cli.file(
            "still.yaml",
            """
            apiVersion: cascade/v1alpha1
            kind: Scenario
            metadata: {name: still}
            spec:
              duration: 3s
              network: {default: {latency: 1ms}}
              topology:
                - {name: ledger, model: ledger}
                - {name: tellers, model: ledger, replicas: 3, config: {ledger: ledger}}
              properties:
                - {name: nothing-lost, never: "event('update-lost')"}
            """);

    Cli.Said said = cli.keeping("explore", still, "--strategy", strategy, "--runs", "4", "-q");

    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(ExitCode.INCONCLUSIVE.code);
    assertThat(said.out()).contains("There was nothing to choose");
  }

  @Test
  void raceShrinksToTheTwoThatRace() throws IOException {
    Path small = folder.resolve("small.yaml");

    Cli.Said said =
        explore(
            "--strategy",
            "pct",
            "--among",
            "ledger,tellers",
            "--no-report",
            "--shrink",
            small.toString());

    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(ExitCode.DEVIATED.code);
    String text = Files.readString(small);
    assertThat(text)
        .startsWith("# race, shrunk: nothing-lost is violated at ")
        .contains("#   entries: shop, stock, users", "#   steps: power-cut, slow-stock")
        .contains("topology.tellers.replicas: 4 → 2")
        .doesNotContain("model: service", "executor");
    Cli.Said alone = cli.keeping("run", small.toString(), "-q", "-o", "json", "--no-report");
    assertThat(alone.code()).isEqualTo(ExitCode.DEVIATED.code);
    assertThat(json(alone).path("properties").findValuesAsText("name"))
        .containsExactly("nothing-lost");

    Cli.Said again = cli.keeping("shrink", "race", small.toString());

    assertThat(again.code()).isEqualTo(ExitCode.USAGE.code);
    assertThat(again.err()).contains("is there already");
    assertThat(Files.readString(small)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--property nothing-lot|Maybe \"nothing-lost\"?",
        "--among ledgers|Maybe \"ledger\"?",
        "--strategy pct --depth 0|The --depth (0) must be 1 to 100.",
        "--seed 3|Maybe --from?",
        "--runs 0|must be at least 1",
        "--strategy pc|",
      })
  void mistakesAreTold(String typedAndSaid) {
    String[] parts = typedAndSaid.split("\\|", -1);

    Cli.Said said = explore(parts[0].split(" "));

    assertThat(said.code()).isEqualTo(ExitCode.USAGE.code);
    assertThat(said.err()).contains(parts[1]);
  }

  @Test
  void scheduleIsForOneShard() {
    Cli.Said said = cli.keeping("run", race(), "--schedule", "pct:depth=2", "--shards", "2", "-q");

    assertThat(said.code()).isEqualTo(ExitCode.USAGE.code);
    assertThat(said.err()).contains("Maybe --shards 1?");
  }
}
