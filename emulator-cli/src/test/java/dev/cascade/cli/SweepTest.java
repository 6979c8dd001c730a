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
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code sweep} and {@code sensitivity} print and keep, and what they refuse. */
class SweepTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void prepare() {
    cli = new Cli(folder);
  }

  private JsonNode json(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-q", "-o", "json"));
    if (arguments[0].equals("sweep")) { // the one that has a page
      all.add("--no-report");
    }
    Cli.Said said = cli.keeping(all.toArray(String[]::new));
    assertThat(said.code()).as(said.err()).isZero();
    return RunJson.MAPPER.readTree(said.out());
  }

  @Test
  void gridIsACurveATableAndFiles() throws IOException {
    Cli.Said said =
        cli.keeping(
            "sweep",
            cli.queue(),
            "--set",
            "configuration.rate=2/s..8/s:2/s",
            "--seeds",
            "3",
            "--measure",
            "p50_seconds");

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out())
        .contains("2/s  4/s  6/s  8/s", "quick", "p50_seconds", "●", "95 %", "mean")
        .contains("edge     quick: none in this range, it is violated")
        .contains("knee     p50_seconds: 4 levels are too few to tell");
    assertThat(said.out().lines()).allMatch(line -> line.length() <= 80 || line.contains("/sweep"));
    assertThat(said.err()).as("whichever came last").contains("12 of 12 runs done: configuration.");
    Path page =
        Path.of(said.out().lines().reduce((a, b) -> b).orElseThrow().replace("  report   ", ""));
    assertThat(page).hasFileName("sweep.html").content().contains("Content-Security-Policy");
    Path kept = page.getParent();
    assertThat(Files.readAllLines(kept.resolve("sweep.csv")))
        .hasSize(1 + 12)
        .startsWith("configuration.rate,seed,ending,quick,p50_seconds,trace");
    assertThat(kept.resolve("sweep.json")).isRegularFile();
    assertThat(kept.resolve("scenario.yaml")).isRegularFile();
  }

  /** Whatever the number of runs at once, each is what it is alone. */
  @Test
  void pointsAreThoseOfSingleRuns() throws IOException {
    JsonNode sweep =
        json(
            "sweep",
            cli.queue(),
            "--set",
            "configuration.rate=3/s,6/s",
            "--seeds",
            "7,",
            "--measure",
            "p50_seconds");
    JsonNode run =
        RunJson.MAPPER.readTree(
            cli.keeping(
                    "run",
                    cli.queue(),
                    "--set",
                    "configuration.rate=6/s",
                    "--seed",
                    "7",
                    "-q",
                    "-o",
                    "json")
                .out());

    JsonNode point = sweep.path("points").path(1);
    assertThat(point.path("at").path(0).asText()).isEqualTo("6/s");
    assertThat(point.path("values").path(0).asDouble()).isEqualTo(6);
    assertThat(point.path("measurements").path("p50_seconds").path("mean").asDouble())
        .isEqualTo(run.path("measurements").path("p50_seconds").asDouble());
    String csv = Files.readString(Path.of(sweep.path("runFolder").asText()).resolve("sweep.csv"));
    assertThat(csv).contains(run.path("traceHash").asText());
  }

  /** M/M/1 at 10/s: its queue grows without end above that, and is short below. */
  private String overload() {
    return cli.file(
        "overload.yaml",
        Cli.QUEUE
            .replaceFirst(" *method:\\n.*\\n", "")
            .replace("duration: 60s", "duration: 5m")
            .replace("capacity: 100}", "capacity: 1000}")
            .replace("timeout: 10s", "timeout: 60s")
            .replace("'5s') < 3", "'60s') < 6")
            .replaceFirst("(?s)  mitigations:.*", ""));
  }

  @Test
  void searchFindsTheCapacityInFewRuns() throws IOException {
    JsonNode sweep =
        json(
            "sweep",
            overload(),
            "--set",
            "configuration.rate=2/s..40/s",
            "--until",
            "5%",
            "--seeds",
            "3");

    JsonNode edge = sweep.path("edges").path(0);
    assertThat(edge.path("from").asText()).isEqualTo("holds");
    assertThat(edge.path("to").asText()).isEqualTo("violated");
    // In 5 min a queue at rate r makes the last one wait 300 (r/10 - 1) s: 6 s at 10.2/s; below
    // the capacity chance alone does it, with exp(-6 (10 - r)) in M/M/1.
    assertThat(rate(edge.path("below"))).isBetween(8.5, 11.5);
    assertThat(rate(edge.path("above")) - rate(edge.path("below"))).isLessThan(0.6);
    assertThat(sweep.path("runs").asLong()).isLessThan(sweep.path("gridRuns").asLong() / 4);
  }

  private static double rate(JsonNode level) {
    return Double.parseDouble(level.asText().replace("/s", ""));
  }

  @Test
  void twoRangesMakeAMap() throws IOException {
    Cli.Said said =
        cli.keeping(
            "sweep",
            overload(),
            "--set",
            "configuration.rate=5/s,15/s",
            "--set",
            "topology.shop.threads=1,2",
            "--seeds",
            "1,",
            "--measure",
            "p50_seconds",
            "-q");

    assertThat(said.code()).as(said.err()).isZero();
    // One thread does 10/s and two do 20/s: only one corner is too much.
    assertThat(said.out())
        .containsPattern("2 ┤·+\\n +1 ┤·+█+\\n")
        .contains("across: configuration.rate, upwards: topology.shop.threads");
    Path page =
        Path.of(said.out().lines().reduce((a, b) -> b).orElseThrow().replace("  report   ", ""));
    assertThat(page).content().contains("class=\"map\"", "heat-4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --set configuration.rate=5/s                          | Nothing is varied. Maybe --set configuration.rate=10/s..100/s:10/s?
          --set configuration.rate=1/s..9/s                     | has no step. Maybe --set configuration.rate=1/s..9/s:1/s, or --until 1%
          --set configuration.rate=1/s..9/s:0/s                 | The step (0/s) of the range
          --set configuration.rate=9/s..1/s:1/s                 | must go upwards
          --set configuration.rat=1/s..9/s:1/s                  | Maybe "rate"?
          --set configuration.rate=1..9:1                       | The rate (1) has no unit
          --set configuration.rate=1/s..9/s:1/s --measure p50   | The scenario has no measurement (p50). Maybe "p50_seconds"?
          --set configuration.rate=1/s..9/s:1/s --property quik | The scenario has no property (quik). Maybe "quick"?
          --set configuration.rate=1/s..9/s --until soon        | The --until (soon)
          --set configuration.rate=1/s,9/s --until 1%           | needs a range to halve
          --set configuration.rate=1/s..9/s:1/s --hold 1m       | belongs to --down
          --set topology.shop.threads=1..3:1 --down             | only the rate of a load can be varied
          --set load.users.maxVUs=10..30:10 --down              | it changes more of (users) than its rate
          --set configuration.rate=1/s..900/s:1/s --seeds 1000  | That would be 900000 runs
          """)
  void whatCannotBeAskedIsToldAtOnce(String arguments, String message) {
    List<String> all = new ArrayList<>(List.of("sweep", cli.queue()));
    all.addAll(List.of(arguments.split(" ")));

    Cli.Said said = cli.keeping(all.toArray(String[]::new));

    assertThat(said.code()).as(said.err()).isEqualTo(2);
    assertThat(said.err()).contains(message);
    assertThat(cli.runs()).doesNotExist();
  }

  private String retryStorm() {
    return Path.of("..", "config", "scenarios", "retry-storm.yaml").toString();
  }

  /**
   * RetryStormScenarioTest derives it: the bad state feeds itself where five times the load is more
   * than 10/s.
   */
  @Test
  void retryStormRecoversUpToTwoPerSecond() throws IOException {
    JsonNode sweep =
        json(
            "sweep",
            retryStorm(),
            "--set",
            "load.users.rate=1/s..3/s:1/s",
            "--seeds",
            "3",
            "--duration",
            "60m");

    JsonNode edge = sweep.path("edges").path(0);
    assertThat(edge.path("below").asText()).isEqualTo("2/s");
    assertThat(edge.path("above").asText()).isEqualTo("3/s");
    assertThat(edge.path("from").asText()).isEqualTo("holds");
  }

  /**
   * Without a trigger it stays good at 5/s for hours, tips over at 9.5/s, and is back at 1/s only.
   */
  @Test
  void retryStormFallsAtAHigherLoadThanItComesBackAt() throws IOException {
    JsonNode sweep =
        json(
            "sweep",
            retryStorm(),
            "--set",
            "load.users.rate=1/s,3/s,5/s,9.5/s",
            "--seeds",
            "3",
            "--down",
            "--hold",
            "20m",
            "--measure",
            "attempts_per_second");

    JsonNode falls = sweep.path("edges").path(0);
    assertThat(falls.path("below").asText()).isEqualTo("5/s");
    assertThat(falls.path("above").asText()).isEqualTo("9.5/s");
    JsonNode returns = sweep.path("edgesDown").path(0);
    assertThat(returns.path("below").asText()).isEqualTo("1/s");
    assertThat(returns.path("above").asText()).isEqualTo("3/s");
    assertThat(sweep.path("runs").asInt()).isEqualTo(3);
    // At 5/s requests are one attempt each in the good state, and five in the bad one.
    assertThat(attempts(sweep.path("points").path(2))).isBetween(4.0, 6.0);
    assertThat(attempts(sweep.path("down").path(2))).isBetween(20.0, 30.0);
  }

  private static double attempts(JsonNode point) {
    return point.path("measurements").path("attempts_per_second").path("mean").asDouble();
  }

  @Test
  void timeLimitIsFourAndRunsThatMetItCountForNothing() {
    Cli.Said said =
        cli.keeping(
            "sweep",
            cli.queue(),
            "--set",
            "configuration.rate=50000/s,60000/s",
            "--seeds",
            "1,",
            "--duration",
            "24h",
            "--time-limit",
            "100ms",
            "-q");

    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(4);
  }

  @Test
  void runsThatTellNothingAreLeftOutAndSaid() {
    String sick =
        cli.file(
            "sick.yaml",
            Cli.QUEUE.replace(
                "  method:",
                "  steadyState: {probes: [{name: instant, expr: \"quantile(0.5,"
                    + " 'http_client_request_duration_seconds', '5s') < 0.001\"}]}\n  method:"));

    Cli.Said said =
        cli.keeping("sweep", sick, "--set", "configuration.rate=4/s,6/s", "--seeds", "1,", "-q");

    assertThat(said.code()).as(said.err()).isEqualTo(3);
    assertThat(said.out()).contains("left out 2 runs ended by steady-state");
  }

  @Test
  void sensitivityTellsWhichGuessesMatter() throws IOException {
    // On two cores, four by default, two threads would be at their limit with a quarter of this.
    String two =
        cli.file(
            "cores.yaml",
            Cli.QUEUE
                .replaceFirst(" *method:\\n.*\\n", "")
                .replace("threads: 1", "threads: 8")
                .replace("rate: 5/s}", "rate: 30/s}")
                .replaceFirst("(?s)  mitigations:.*", ""));

    JsonNode json = json("sensitivity", two, "--seeds", "2");

    JsonNode first = json.path("effects").path(0);
    assertThat(first.path("path").asText()).isEqualTo("topology.shop.cores");
    assertThat(first.path("change").asText()).isEqualTo("half"); // 20/s for 30/s
    assertThat(first.path("turned").path("quick").path("to").path("violated").asInt()).isEqualTo(2);
    JsonNode bound = null;
    for (JsonNode effect : json.path("effects")) {
      bound = effect.path("path").asText().equals("load.users.maxVUs") ? effect : bound;
    }
    assertThat(bound).isNotNull();
    assertThat(bound.path("turned")).isEmpty();
    assertThat(bound.path("moved").path("p50_seconds").path("difference").asDouble()).isZero();
  }

  @Test
  void sensitivityIsATableSortedByEffect() {
    Cli.Said said = cli.keeping("sensitivity", cli.queue(), "--seeds", "1,", "-q");

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out())
        .contains("topology.shop.cores", "half", "double", "load.users.maxVUs", "network.default")
        .contains("turn a verdict", "sensitivity");
  }

  /** What is the user's own was not guessed. */
  @Test
  void sensitivityCountsValuesOfTheUsersOwnApart() {
    Cli.Said said =
        cli.keeping(
            "sensitivity", cli.queue(), "--seeds", "1,", "-q", "--vary", "topology.shop.threads=1");

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out())
        .containsPattern("\\d of \\d guesses and \\d of 1 value of your own turn");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          topology.x=1            | The path (topology.x) leads nowhere
          topology.shop.thread=1  | The key (thread) is unknown. Maybe "threads"?
          configuration.rte=5/s   | Maybe "rate"?
          topology.shop.threads   | must be a path and its number. Maybe topology.shop.threads=4?
          """)
  void sensitivityRefusesAValueThatIsNotThereBeforeTheFirstRun(String vary, String message) {
    Cli.Said said = cli.keeping("sensitivity", cli.queue(), "--seeds", "1,", "--vary", vary);

    assertThat(said.code()).as(said.out()).isEqualTo(2);
    assertThat(said.err()).contains(message).doesNotContain("runs done");
    assertThat(cli.runs()).doesNotExist();
  }

  /** There is nothing to set a base against, so that no run is made. */
  @Test
  void sensitivityWithoutGuessesSaysSoAndRunsNothing() {
    String known =
        Cli.QUEUE
            .replace("threads: 1\n", "threads: 1\n        cores: 4\n")
            .replace("path: /buy, cpu:", "path: /buy, responseBody: 2kB, cpu:")
            .replace("timeout: 10s}", "timeout: 10s, maxVUs: 1000}")
            .replace(
                "  method:\n", "  network: {default: {latency: 1ms}, loopback: 50us}\n  method:\n");

    Cli.Said said = cli.keeping("sensitivity", cli.file("known.yaml", known));

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out()).contains("rests on no guess, and nothing was run", "--vary");
    assertThat(said.err()).doesNotContain("runs done");
    assertThat(cli.runs()).doesNotExist();
    assertThat(cli.keeping("sensitivity", cli.queue(), "--no-report").err())
        .contains("There is no option (--no-report)");
  }

  @Test
  void resultsListTheGuessesOfARun() throws IOException {
    cli.keeping("run", cli.queue(), "-q", "--no-report");
    JsonNode results =
        RunJson.MAPPER.readTree(
            cli.runs().resolve("queue").resolve("latest").resolve("results.json").toFile());

    assertThat(results.path("guesses").findValuesAsText("path")).contains("topology.shop.cores");
    assertThat(results.path("guesses").path(0).fieldNames())
        .toIterable()
        .containsExactly("path", "value", "unit", "note");
  }
}
