package dev.cascade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cascade.run.RunJson;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What options change about a run, and how compare judges. */
class OptionsTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void prepare() {
    cli = new Cli(folder);
  }

  private JsonNode json(String... arguments) throws IOException {
    Cli.Said said = cli.keeping(arguments);
    assertThat(said.out()).as(said.err()).isNotEmpty();
    return RunJson.MAPPER.readTree(said.out());
  }

  @Test
  void valuesAreMergedAndSetComesAfterThem() throws IOException {
    String values =
        cli.file("values.yaml", "configuration: {rate: 9/s}\ntopology: {shop: {threads: 4}}\n");

    JsonNode base = json("run", cli.queue(), "-q", "-o", "json");
    JsonNode merged = json("run", cli.queue(), "-q", "-o", "json", "--values", values);
    JsonNode typed =
        json(
            "run",
            cli.queue(),
            "-q",
            "-o",
            "json",
            "--set",
            "configuration.rate=9/s",
            "--set",
            "topology.shop.threads=4");
    JsonNode both =
        json(
            "run",
            cli.queue(),
            "-q",
            "-o",
            "json",
            "--values",
            values,
            "--set",
            "configuration.rate=5/s",
            "--set",
            "topology.shop.threads=1");

    assertThat(merged.path("traceHash"))
        .isEqualTo(typed.path("traceHash"))
        .isNotEqualTo(base.path("traceHash"));
    assertThat(both.path("traceHash")).isEqualTo(base.path("traceHash"));
  }

  @Test
  void valuesThatAreWrongAreToldInTheirOwnFile() {
    String values = cli.file("values.yaml", "configuration: {rate: 9/s}\ntopolgy: {}\n");
    String noMapping = cli.file("list.yaml", "[1, 2]\n");

    assertThat(cli.keeping("run", cli.queue(), "--values", values).err())
        .contains("values.yaml:2:1:", "Maybe \"topology\"?");
    assertThat(cli.keeping("run", cli.queue(), "--values", noMapping).err())
        .contains("list.yaml:1:1: This is a list");
  }

  @Test
  void repeatedRunIsTheSameAsItsFolderSays() throws IOException {
    JsonNode first =
        json("run", cli.queue(), "-q", "-o", "json", "--seed", "8", "--mitigation", "no-cut");
    String kept = Path.of(first.path("runFolder").asText(), "scenario.yaml").toString();

    JsonNode again = json("run", kept, "-q", "-o", "json");

    assertThat(again.path("traceHash")).isEqualTo(first.path("traceHash"));
    assertThat(again.path("seed")).isEqualTo(first.path("seed"));
    assertThat(again.path("verdict")).isEqualTo(first.path("verdict"));
  }

  @Test
  void failFastEndsBeforeTheEnd() throws IOException {
    String strict =
        cli.file("strict.yaml", Cli.QUEUE.replace("{quick: violated}", "{quick: holds}"));

    JsonNode whole = json("run", strict, "-q", "-o", "json");
    JsonNode fast = json("run", strict, "-q", "-o", "json", "--fail-fast");

    assertThat(whole.path("virtualSeconds").asDouble()).isEqualTo(60);
    assertThat(fast.path("virtualSeconds").asDouble())
        .isEqualTo(fast.path("properties").path(0).path("firstViolation").asDouble())
        .isLessThan(60);
    assertThat(fast.path("verdict").asText()).isEqualTo("fail");
  }

  @Test
  void compareIsOneWhereAVariantDeviates() {
    String other =
        cli.file(
            "other.yaml", Cli.QUEUE.replace("no-cut: {quick: holds}", "no-cut: {quick: violated}"));

    Cli.Said said = cli.keeping("compare", other, "--seeds", "1..2", "-q");

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .containsPattern("✓ +base +violated 2/2 +0.158 to 1 +violated ")
        .containsPattern("✗ +no-cut +holds 2/2 +0 to 0.842 +violated ")
        .contains("✗ no-cut, quick: Violated in 0 of 2 runs; expected was violated.")
        .contains("verdict  fail");
  }

  @Test
  void compareJudgesRatesOverItsSeeds() {
    String rate = "base: {quick: {violatedIn: [%s], confidence: 0.9}}";
    String met =
        cli.file(
            "met.yaml", Cli.QUEUE.replace("base: {quick: violated}", rate.formatted("0.3, 1")));
    String open =
        cli.file(
            "open.yaml", Cli.QUEUE.replace("base: {quick: violated}", rate.formatted("0.9, 1")));
    String off =
        cli.file(
            "off.yaml", Cli.QUEUE.replace("base: {quick: violated}", rate.formatted("0, 0.1")));

    // Two of two violated: at 90 % confidence it is in at least sqrt(0.1) = 0.316 of all runs.
    assertThat(cli.keeping("compare", met, "--seeds", "1..2", "-q").code()).isZero();
    Cli.Said few = cli.keeping("compare", open, "--seeds", "1..2", "-q");
    assertThat(few.code()).isEqualTo(3);
    assertThat(few.out()).contains("Maybe run about 22 seeds.", "verdict  inconclusive");
    assertThat(cli.keeping("compare", off, "--seeds", "1..2", "-q").code()).isEqualTo(1);
    assertThat(cli.keeping("run", open, "-q").code()).as("one run is consistent").isZero();
  }

  @Test
  void planTellsTheTimelineInWords() {
    assertThat(cli.call("plan", cli.queue()).out())
        .containsPattern("~ 20s +power-cut +crash shop for 5s")
        .contains("Plan: 2 hosts, 1 step, 1 property");
  }

  @Test
  void planChecksTheLoadOnTheBackOfAnEnvelope() throws IOException {
    assertThat(cli.call("plan", cli.queue()).out())
        .contains("✓ shop is asked 5/s of the 10/s that it can serve: 50 %");
    assertThat(cli.call("plan", cli.queue(), "--set", "configuration.rate=12/s").out())
        .contains("✗ shop is asked 12/s of the 10/s that it can serve: 120 %");
    assertThat(cli.call("plan", cli.queue(), "--set", "load.users.retries={max: 2}").out())
        .contains("? shop is asked 5/s of the 10/s that it can serve: 50 %, 150 % if all attempts");
    JsonNode json = RunJson.MAPPER.readTree(cli.call("plan", cli.queue(), "-o", "json").out());
    assertThat(json.path("loadCheck").path(0).path("capacityPerSecond").asDouble()).isEqualTo(10);
  }

  /**
   * A tenth of 5/s comes again, which the check follows as often as there are entries: 5, 0.5 and
   * what nobody asks for any more; half of it goes to the bank, four times if all attempts fail.
   */
  @Test
  void planFollowsCallsToWhoIsAskedInTheEnd() {
    String shop =
        """
        apiVersion: cascade/v1alpha1
        kind: Scenario
        metadata: {name: shop}
        spec:
          duration: 60s
          topology:
            - name: shop
              model: service
              config:
                threads: 1
                queue: {capacity: 9}
                endpoints:
                  - name: buy
                    path: /buy
                    cpu: 1ms
                    calls:
                      - {name: pay, target: bank, path: /pay, share: 50%, timeout: 1s, retries: {max: 3}}
                      - {name: again, target: shop, path: /buy, share: 10%, timeout: 1s}
            - name: bank
              model: service
              config: {threads: 1, queue: {capacity: 9}, endpoints: [{name: pay, path: /pay, cpu: 200ms}]}
          load: [{name: users, executor: constant-arrival-rate, target: shop, path: /buy, rate: 5/s, timeout: 1s}]
        """;
    Cli cli = new Cli(folder);

    assertThat(cli.call("plan", cli.file("shop.yaml", shop)).out())
        .contains(
            "? bank is asked 2.75/s of the 5/s that it can serve: 55 %, 220 % if all attempts");
  }

  @Test
  void accountOfMessagesIsPrinted() {
    assertThat(cli.keeping("run", cli.queue(), "-q").out())
        .containsPattern(
            "messages_accounted\\.+: \\d+ sent \\+ 0 duplicated = \\d+ handled \\+ \\d+ dropped"
                + " \\+ \\d+ lost in crashes \\+ \\d+ queued \\+ \\d+ in flight");
  }

  @Test
  void validateTellsProgramsWhereWhatIs() throws IOException {
    String bad = cli.file("bad.yaml", Cli.QUEUE.replace("threads: 1", "threads: one"));

    JsonNode json = RunJson.MAPPER.readTree(cli.call("validate", bad, "-o", "json").out());

    assertThat(json).hasSize(1);
    assertThat(json.path(0).path("file").asText()).isEqualTo(bad);
    assertThat(json.path(0).path("line").asInt()).isEqualTo(13);
    assertThat(json.path(0).path("severity").asText()).isEqualTo("error");
  }

  @Test
  void helpAndVersionAreNoMistakes() {
    for (String command :
        new String[] {"run", "plan", "validate", "compare", "replay", "query", "list", "version"}) {
      Cli.Said help = cli.call(command, "--help");
      assertThat(help.code()).as(command).isZero();
      assertThat(help.out()).startsWith("Usage: cascade " + command);
    }
    assertThat(cli.call("--version").out()).startsWith("cascade ");
    assertThat(cli.call("version", "-o", "json").out()).contains("\"pekko\" : \"1.7.0\"");
    assertThat(cli.call().code()).as("no command").isEqualTo(2);
  }
}
