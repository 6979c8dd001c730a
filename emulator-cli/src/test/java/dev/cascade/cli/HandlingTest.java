package dev.cascade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cascade.run.RunJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that help with writing scenarios, and with the machine. */
class HandlingTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void prepare() {
    cli = new Cli(folder);
  }

  // ---- explain

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "service.endpoints.calls.retries | a mapping | How often at most",
        "faults.latency | a mapping | Added to each message's latency.",
        "latency | a mapping | a duration such as 500ms; required",
        "spec.properties | a list, each a mapping | An expression that must be true at every tick.",
        "service.endpoints.cpu.mean | a duration such as 500ms; required | ''",
        "thresholds | a mapping by metric | rate<1%",
        "quantile | quantile(0.95, 'selector'[, '10s']) | in seconds",
        "messages_dropped_total | a counter by place, type, reason | dropped",
        "topology.config.service.threads | a whole number; required | at once",
      })
  void explainTellsTypeAndMeaning(String path, String type, String meaning) {
    Cli.Said said = cli.call("explain", path);

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out()).startsWith(path).contains(type, meaning);
    assertThat(said.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "service.endpoint | The topic (service) has no part (endpoint). Maybe \"endpoints\"?",
        "propertys | There is no topic (propertys). Maybe \"properties\"?",
        "service.threads.more | The topic (service.threads) has no part (more).",
      })
  void explainGuessesWhatWasMeant(String path, String message) {
    Cli.Said said = cli.call("explain", path);

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains(message);
  }

  @Test
  void explainIsForProgramsToo() throws IOException {
    JsonNode json =
        new YAMLMapper().readTree(cli.call("explain", "service.queue", "-o", "yaml").out());

    assertThat(json.path("required").asBoolean()).isTrue();
    assertThat(json.path("parts").findValuesAsText("name")).contains("capacity", "discipline");
  }

  // ---- init

  @Test
  void initWritesAScenarioThatRunsAsItExpects() {
    Cli.Said said = cli.call("init", "my-shop", "--dir", folder.toString());
    String file = folder.resolve("my-shop.yaml").toString();

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out()).contains("wrote    " + file, "next     ./cascade run " + file);
    assertThat(cli.call("validate", file).out()).isEqualTo("The scenario is valid.\n");
    Cli.Said compared = cli.keeping("compare", file, "-q", "--no-report");
    assertThat(compared.code()).as(compared.out() + compared.err()).isZero();
  }

  @Test
  void initReplacesNothingUnlessForced() throws IOException {
    Path file = Files.writeString(folder.resolve("shop.yaml"), "mine");

    Cli.Said refused = cli.call("init", "shop", "--dir", folder.toString());
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("There is a file (" + file + ") already", "--force");
    assertThat(file).hasContent("mine");

    assertThat(cli.call("init", "shop", "--dir", folder.toString(), "--force").code()).isZero();
    assertThat(file).content().contains("kind: Scenario", "name: shop");
  }

  @Test
  void initWritesAProjectWithATest() {
    Cli.Said said = cli.call("init", "my-shop", "--junit", "--dir", folder.toString());

    assertThat(said.code()).as(said.err()).isZero();
    Path project = folder.resolve("my-shop");
    assertThat(project.resolve("my-shop.yaml")).isRegularFile();
    assertThat(project.resolve("pom.xml"))
        .content()
        .contains("emulator-models")
        .doesNotContain("@", "${version");
    assertThat(project.resolve("src/test/java/com/example/MyShopScenarioTest.java"))
        .content()
        .contains("class MyShopScenarioTest", "@EmulationTest(\"my-shop.yaml\")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../shop", "Shop", "shop.yaml", "-", "a--b", ""})
  void initTakesNamesThatFilesAndClassesCanHave(String name) {
    Cli.Said said = cli.call("init", "--dir", folder.toString(), "--", name);

    assertThat(said.code()).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
  }

  // ---- schema, completion, doctor, list

  @Test
  void schemaKnowsTheModels() throws IOException {
    JsonNode schema = RunJson.MAPPER.readTree(cli.call("schema").out());

    assertThat(schema.path("$defs").has("ServiceConfig")).isTrue();
    assertThat(cli.call("schema", "--help").out()).contains("# yaml-language-server: $schema=");
  }

  @Test
  void completionOfFishKnowsCommandsAndOptions() {
    String script = cli.call("completion", "fish").out();

    assertThat(script)
        .contains("complete -c cascade -n __fish_use_subcommand -f -a run -d")
        .contains("__fish_seen_subcommand_from run' -l seed -r -d 'The seed")
        .contains("__fish_seen_subcommand_from list' -a 'scenarios models")
        .contains("-l output -x -a 'text json yaml'")
        .doesNotContain("replay-worker", "${");
    assertThat(cli.call("completion", "ksh").code()).isEqualTo(2);
  }

  @Test
  void doctorLooksAtEverything() {
    Cli.Said said = cli.keeping("doctor");

    assertThat(said.code()).as(said.out()).isZero();
    for (String what :
        List.of("java", "memory", "cores", "collector", "start", "runs", "terminal", "scenarios")) {
      assertThat(said.out()).containsPattern("(?m)^  [✓!] " + what + " ");
    }
  }

  @Test
  void doctorSaysWhereNothingCanBeKept() throws IOException {
    // A file where a folder should be: that holds for root, too.
    Path file = Files.writeString(folder.resolve("taken"), "");

    Cli.Said said = cli.call("doctor", "--out", file.resolve("runs").toString());

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("✗ runs", "cannot be written", "Maybe --out");
  }

  @Test
  void listWithoutAKindIsOfScenarios() {
    assertThat(cli.call("list").out()).isEqualTo(cli.call("list", "scenarios").out());
  }

  // ---- forms of results

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version",
        "list models",
        "validate QUEUE",
        "explain",
        "doctor",
        "query queue 1",
        "run QUEUE -q",
        "compare QUEUE -q",
        "report queue --runs RUNS",
      })
  void yamlSaysWhatJsonSays(String line) throws IOException {
    cli.keeping("run", cli.queue(), "-q");

    JsonNode json = RunJson.MAPPER.readTree(said(line, "json"));
    JsonNode yaml = new YAMLMapper().readTree(said(line, "yaml"));

    assertThat(shape(yaml)).isEqualTo(shape(json));
  }

  private String said(String line, String form) {
    String[] words =
        (line + " -o " + form)
            .replace("QUEUE", cli.queue())
            .replace("RUNS", cli.runs().toString())
            .split(" ");
    boolean keeps = List.of("run", "compare", "query", "doctor").contains(words[0]);
    Cli.Said said = keeps ? cli.keeping(words) : cli.call(words);
    assertThat(said.code()).as(line + said.err()).isZero();
    return said.out();
  }

  /** Without what differs from one run to the next: times on the wall clock, and folders. */
  private static String shape(JsonNode json) {
    return json.toString()
        .replaceAll("\"wallSeconds\":[0-9.]+", "")
        .replaceAll("\"(runFolder|found)\":\"[^\"]*\"", "");
  }

  // ---- thresholds

  private String withThresholds(String thresholds) {
    return cli.file(
        "thresholds.yaml",
        Cli.QUEUE
            .replace("  mitigations:", "  thresholds: " + thresholds + "\n  mitigations:")
            .replace("{quick: violated}", "{quick: violated, \"*\": holds}"));
  }

  @Test
  void thresholdsAreToldInTheirWords() throws IOException {
    String file =
        withThresholds(
            "{http_client_request_duration_seconds: ['p(95)<500s', 'max<1h'],"
                + " http_client_requests_failed: ['rate<100%']}");

    Cli.Said said = cli.keeping("run", file, "-q");

    assertThat(said.code()).as(said.out() + said.err()).isZero();
    assertThat(said.out())
        .contains("THRESHOLDS")
        .contains("✓ http_client_request_duration_seconds  holds  expected: holds")
        .containsPattern("p\\(95\\)<500s  p\\(95\\)=[0-9.]+m?s\n")
        .containsPattern("rate<100%  rate=[0-9.]+%\n")
        .doesNotContain("seconds() <");
  }

  @Test
  void thresholdThatIsExceededIsADeviationEverywhere() throws IOException {
    String file = withThresholds("{http_client_request_duration_seconds: ['p(95)<1ms', 'max<1h']}");

    Cli.Said said = cli.keeping("run", file, "-q");

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("✗ http_client_request_duration_seconds  violated")
        .containsPattern("p\\(95\\)<1ms  p\\(95\\)=[0-9.]+m?s  violated");
    Path run = cli.runs().resolve("queue").resolve("latest");
    JsonNode property =
        RunJson.MAPPER.readTree(run.resolve("results.json").toFile()).path("properties").path(1);
    assertThat(property.path("rule").path("thresholds").asText()).isEqualTo("p(95)<1ms, max<1h");
    assertThat(property.path("thresholds").findValuesAsText("result"))
        .containsExactly("violated", "holds");
    assertThat(property.path("thresholds").path(0).path("measured").asDouble())
        .isGreaterThan(0.001);
    assertThat(run.resolve("junit.xml")).content().contains("p(95)&lt;1ms: violated, measured ");
    assertThat(run.resolve("report.html")).content().contains("p(95)&lt;1ms: violated, measured");
  }

  @Test
  void propertyThatCannotBeViolatedIsAWarning() {
    String file =
        cli.file(
            "empty.yaml",
            Cli.QUEUE.replace(
                "always: quantile(0.95, 'http_client_request_duration_seconds', '5s') < 3",
                "always: rate('http_client_requests_total') >= 0"));

    Cli.Said said = cli.call("validate", file);

    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains(
            "empty.yaml:23:15: warning: The property (quick) cannot be violated: (rate('http_client_requests_total') >= 0) is true whatever is measured.");
  }

  // ---- models of the user's

  @Test
  void modelsThatAreNotThereAreNamed() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("plugins"));
    Path broken = folder.resolve("broken");
    Files.createDirectories(broken.resolve("META-INF/services"));
    Files.writeString(
        broken.resolve("META-INF/services/dev.cascade.node.Model"), "com.example.Gone\n");

    for (Path path : List.of(folder.resolve("gone.jar"), empty, broken)) {
      Cli.Said said = cli.call("list", "models", "--models", path.toString());

      assertThat(said.code()).as(said.err()).isEqualTo(2);
      assertThat(said.err()).contains(path.toString());
    }
    assertThat(cli.call("list", "models").code()).isZero();
  }
}
