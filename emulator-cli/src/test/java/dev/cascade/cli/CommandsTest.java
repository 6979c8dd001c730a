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
import org.junit.jupiter.params.provider.ValueSource;

/** Exit codes, output and folders of the commands. */
class CommandsTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void prepare() {
    cli = new Cli(folder);
  }

  @Test
  void runPassesWhereRealityIsAsExpectedAndKeepsEverything() {
    Cli.Said said = cli.keeping("run", cli.queue(), "-q");

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out()).contains("quick", "expected: violated", "verdict  pass");
    Path page =
        Path.of(
            said.out().lines().reduce((a, b) -> b).orElseThrow().replaceFirst(".*report   ", ""));
    assertThat(page).isRegularFile().hasFileName("report.html");
    Path run = page.getParent();
    assertThat(said.out()).contains("results  " + run);
    assertThat(run.getFileName().toString()).matches("\\d{8}T\\d{6}-s42");
    assertThat(run)
        .isDirectoryContaining("glob:**run.json")
        .isDirectoryContaining("glob:**results.json")
        .isDirectoryContaining("glob:**scenario.yaml")
        .isDirectoryContaining("glob:**journal.jsonl")
        .isDirectoryContaining("glob:**metrics.csv")
        .isDirectoryContaining("glob:**metrics.om")
        .isDirectoryContaining("glob:**series.bin")
        .isDirectoryContaining("glob:**cascade.log");
    assertThat(run.resolveSibling("latest")).isSymbolicLink();
  }

  @Test
  void reportIsTheSameFromTheFolderAlone() throws IOException {
    cli.keeping("run", cli.queue(), "-q");
    Path page = cli.runs().resolve("queue").resolve("latest").resolve("report.html");
    byte[] written = Files.readAllBytes(page);
    Files.delete(page);

    Cli.Said said = cli.call("report", "queue", "--runs", cli.runs().toString());

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(Path.of(said.out().strip())).hasBinaryContent(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--runs", "--out"})
  void commandsThatLookAtARunTakeItsPlaceByEitherName(String option) {
    cli.keeping("run", cli.queue(), "-q");
    String runs = cli.runs().toString();

    String total = "sum(total('http_client_requests_total'))";
    assertThat(cli.call("list", "runs", option, runs).out()).contains("queue");
    assertThat(cli.call("query", "queue", total, option, runs).code()).isZero();
    assertThat(cli.call("replay", "queue", option, runs).code()).isZero();
    assertThat(cli.call("why", "queue", "quick", option, runs).err()).isEmpty();
  }

  @Test
  void reportElsewhereLeadsToTheFolder() throws IOException {
    cli.keeping("run", cli.queue(), "-q");
    Path page = cli.runs().resolve("elsewhere.html");

    cli.call("report", "queue", "--runs", cli.runs().toString(), "--out", page.toString());

    assertThat(page).content().containsPattern("href=\"queue/\\d{8}T\\d{6}-s42/results.json\"");
  }

  @Test
  void reportsOfTheSameRunDifferInTheWallClockAndTheirFolderAlone() throws IOException {
    List<String> pages = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      cli.keeping("run", cli.queue(), "-q");
      Path page = cli.runs().resolve("queue").resolve("latest").resolve("report.html");
      pages.add(
          Files.readString(page)
              .replaceAll("begun .* on the wall clock", "")
              .replaceAll("(\\./cascade why) \\S+", "$1"));
    }

    assertThat(pages.get(1)).isEqualTo(pages.get(0));
  }

  @Test
  void noReportIsWrittenWhereNoneIsWanted() {
    Cli.Said said = cli.keeping("run", cli.queue(), "-q", "--no-report");

    assertThat(said.out()).doesNotContain("  report ");
    assertThat(cli.runs().resolve("queue").resolve("latest").resolve("report.html")).doesNotExist();
  }

  @Test
  void comparisonIsAPageToo() {
    Cli.Said said = cli.keeping("compare", cli.queue(), "-q");

    Path page =
        Path.of(said.out().lines().reduce((a, b) -> b).orElseThrow().replace("  report   ", ""));
    assertThat(page).content().contains("no-cut", "quick", "Content-Security-Policy");
  }

  @Test
  void jsonHasExactlyTheKeysThatAreDocumented() throws IOException {
    Cli.Said said = cli.keeping("run", cli.queue(), "-q", "-o", "json");
    JsonNode json = RunJson.MAPPER.readTree(said.out());

    assertThat(keys(json))
        .containsExactly(
            "verdict",
            "scenario",
            "seed",
            "mitigations",
            "traceHash",
            "virtualSeconds",
            "wallSeconds",
            "events",
            "messages",
            "work",
            "properties",
            "measurements",
            "runFolder");
    assertThat(keys(json.path("messages")))
        .containsExactly(
            "sent", "duplicated", "handled", "dropped", "lostInCrashes", "queued", "inFlight");
    assertThat(keys(json.path("properties").path(0)))
        .containsExactly("name", "result", "expected", "measured", "firstViolation");
    assertThat(json.path("verdict").asText()).isEqualTo("pass");
    assertThat(json.path("measurements").path("p50_seconds").isNumber()).isTrue();
  }

  @Test
  void accountsOfMessagesBalanceInWhatIsPrinted() throws IOException {
    JsonNode messages =
        RunJson.MAPPER
            .readTree(cli.keeping("run", cli.queue(), "-q", "-o", "json").out())
            .path("messages");

    long in = messages.path("sent").asLong() + messages.path("duplicated").asLong();
    long out = 0;
    for (String key : List.of("handled", "dropped", "lostInCrashes", "queued", "inFlight")) {
      out += messages.path(key).asLong();
    }
    assertThat(in).isEqualTo(out).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void resultsDoNotDependOnShards(int shards) throws IOException {
    Path one = kept(cli.keeping("run", cli.queue(), "-q", "-o", "json"));
    Path many =
        kept(
            cli.keeping(
                "run", cli.queue(), "-q", "-o", "json", "--shards", "" + shards, "--check"));

    for (String file : List.of("results.json", "series.bin", "metrics.csv", "journal.jsonl")) {
      assertThat(many.resolve(file)).as(file).hasSameBinaryContentAs(one.resolve(file));
    }
  }

  @Test
  void deviationIsExitCodeOne() {
    String other = cli.file("other.yaml", Cli.QUEUE.replace("{quick: violated}", "{quick: holds}"));

    Cli.Said said = cli.keeping("run", other, "-q");

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("✗ quick", "verdict  fail");
  }

  @Test
  void steadyStateThatIsNotMetEndsTheRunBeforeTheMethod() throws IOException {
    String sick =
        cli.file(
            "sick.yaml",
            Cli.QUEUE.replace(
                "  method:",
                "  steadyState: {probes: [{name: instant, expr: \"quantile(0.5,"
                    + " 'http_client_request_duration_seconds', '5s') < 0.001\"}]}\n  method:"));

    Cli.Said said = cli.keeping("run", sick, "-q");

    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(3);
    assertThat(said.out()).contains("the method was not begun", "virtual_time").contains(": 20s");
  }

  @Test
  void mitigationAndSeedNameTheFolderAndChangeTheRun() {
    Cli.Said said = cli.keeping("run", cli.queue(), "-q", "--mitigation", "no-cut", "--seed", "7");

    assertThat(said.code()).as(said.err() + said.out()).isZero();
    assertThat(said.out().strip()).endsWith("-s7-no-cut/report.html");
  }

  @Test
  void badInputIsTwoTellsAllAndLeavesNoFolder() {
    String bad =
        cli.file(
            "bad.yaml",
            Cli.QUEUE
                .replace("duration: 60s", "duratoin: 60s")
                .replace("capacity: 100", "capacity: lots"));

    Cli.Said said = cli.keeping("run", bad);

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("bad.yaml:6:3").contains("duration").contains("(lots)");
    assertThat(cli.runs()).doesNotExist();
  }

  @Test
  void unknownScenarioGetsASuggestion() {
    assertThat(cli.call("run", "qeue")).extracting(Cli.Said::code).isEqualTo(2);
    assertThat(cli.call("run", cli.queue(), "--speed", "fast").err()).contains("Maybe 10x?");
    assertThat(cli.call("runn").err()).contains("run");
    assertThat(cli.call("runn").code()).isEqualTo(2);
  }

  @Test
  void timeLimitIsFour() {
    Cli.Said said = cli.keeping("run", cli.queue(), "-q", "--speed", "1x", "--time-limit", "300ms");

    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(4);
    assertThat(said.out()).contains("time limit");
  }

  @Test
  void exceptionOfAModelIsSeventyAndTellsHowToRepeatIt() {
    String faulty =
        cli.file(
            "faulty.yaml",
            """
            apiVersion: cascade/v1alpha1
            kind: Scenario
            metadata: {name: faulty}
            spec:
              duration: 10s
              seed: 9
              topology:
                - {name: bug, model: faulty}
            """);

    Cli.Said said = cli.keeping("run", faulty, "-q");

    assertThat(said.code()).isEqualTo(70);
    assertThat(said.err())
        .contains("third time unlucky", "scenario  faulty", "seed      9", "time      3s")
        .contains("actor     bug-1/worker", "Tick")
        .contains("repeat    ./cascade run " + faulty + " --seed 9")
        .doesNotContain("\tat ");
    assertThat(cli.keeping("run", faulty, "-q", "-v").err()).contains("\tat ");
    Path page = cli.runs().resolve("faulty").resolve("latest").resolve("report.html");
    assertThat(page).content().contains("What failed", "third time unlucky", "bug-1/worker");
  }

  @Test
  void validateAndPlanRunNothing() {
    assertThat(cli.call("validate", cli.queue()).code()).isZero();
    Cli.Said plan = cli.call("plan", cli.queue());

    assertThat(plan.code()).isZero();
    assertThat(plan.out()).contains("shop", "service", "power-cut", "20s", "Plan: 2 hosts, 1 step");
  }

  @Test
  void compareSetsVariantsSideBySide() throws IOException {
    Cli.Said said = cli.keeping("compare", cli.queue(), "--seeds", "1..2", "-q");

    assertThat(said.code()).as(said.err() + said.out()).isZero();
    assertThat(said.out()).contains("base", "no-cut", "violated 2/2", "holds 2/2", "p50_seconds");
    JsonNode json =
        RunJson.MAPPER.readTree(
            cli.keeping("compare", cli.queue(), "--seeds", "1..2", "-q", "-o", "json").out());
    assertThat(json).hasSize(4);
  }

  @Test
  void queryAsksAFinishedRun() {
    cli.keeping("run", cli.queue(), "-q");

    Cli.Said total = cli.keeping("query", "queue", "sum(total('http_client_requests_total'))");
    Cli.Said series =
        cli.keeping(
            "query", "queue", "sum(rate('http_client_requests_total', '10s'))", "--every", "10s");
    Cli.Said wrong = cli.keeping("query", "queue", "sum(total('http_client_request_total'))");

    assertThat(total.code()).as(total.err()).isZero();
    assertThat(Double.parseDouble(total.out().strip())).isBetween(200.0, 400.0);
    assertThat(series.out().lines()).hasSize(5).allMatch(line -> line.contains("\t"));
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("http_client_requests_total");
  }

  @Test
  void listTellsWhatThereIs() {
    cli.keeping("run", cli.queue(), "-q");

    assertThat(cli.call("list", "models").out()).contains("service", "load");
    assertThat(cli.call("list", "faults").out()).contains("crash", "partition");
    assertThat(cli.call("list", "metrics").out()).contains("messages_dropped_total");
    assertThat(cli.call("list", "mitigations", cli.queue()).out()).contains("no-cut");
    assertThat(cli.keeping("list", "runs").out()).contains("-s42", "pass");
  }

  private static Path kept(Cli.Said said) throws IOException {
    assertThat(said.code()).as(said.err()).isZero();
    return Path.of(RunJson.MAPPER.readTree(said.out()).path("runFolder").asText());
  }

  private static List<String> keys(JsonNode json) {
    List<String> keys = new ArrayList<>();
    json.fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
