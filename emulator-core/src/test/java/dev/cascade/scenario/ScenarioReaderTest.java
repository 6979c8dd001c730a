package dev.cascade.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.fault.Target;
import dev.cascade.node.Rate;
import dev.cascade.property.PropertySpec;
import dev.cascade.scenario.MethodStep.At;
import dev.cascade.scenario.MethodStep.Operate;
import dev.cascade.scenario.TestModels.BalancerConfig;
import dev.cascade.scenario.TestModels.LoadConfig;
import dev.cascade.scenario.TestModels.ScaleTo;
import dev.cascade.scenario.TestModels.ServiceConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The complete example reads into the values that it says, and writes and reads back to them. */
class ScenarioReaderTest {
  private final ScenarioReader reader = new ScenarioReader(TestModels.CATALOG);

  static ScenarioSource example() {
    String name = "checks-eat-a-service.yaml";
    try (InputStream stream = ScenarioReaderTest.class.getResourceAsStream(name)) {
      byte[] bytes = Objects.requireNonNull(stream).readAllBytes();
      return new ScenarioSource(name, new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Scenario read(String text, String... mitigations) {
    return reader.read(new ScenarioSource("f.yaml", text), Overrides.NONE).scenario(mitigations);
  }

  @Test
  void exampleBecomesTypedValues() {
    ScenarioFile file = reader.read(example(), Overrides.NONE);
    Scenario scenario = file.scenario();

    assertThat(file.warnings()).isEmpty();
    assertThat(scenario.metadata().name()).isEqualTo("checks-eat-a-service");
    assertThat(scenario.timing())
        .isEqualTo(
            new Timing(42, Duration.ofMinutes(6), Duration.ofSeconds(30), Duration.ofMillis(500)));
    ServiceConfig pricing = (ServiceConfig) scenario.topology().get(0).config();
    BalancerConfig edge = (BalancerConfig) scenario.topology().get(1).config();
    LoadConfig shoppers = (LoadConfig) scenario.topology().get(2).config();
    assertThat(pricing.endpoints().get(1).hold().mean()).isEqualTo(Duration.ofMillis(25));
    assertThat(edge.healthCheck().interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(shoppers.rate()).isEqualTo(new Rate(300));
    assertThat(scenario.links().get(0).link().latencyMin()).isEqualTo(Duration.ofNanos(500_000));
  }

  @Test
  void stepsBecomeActionsOfTheTargetsModel() {
    MethodStep step = reader.read(example(), Overrides.NONE).scenario().method().get(0);

    assertThat(step.name()).isEqualTo("edge-fleet-grows");
    assertThat(step.trigger()).isEqualTo(new At(Duration.ofMinutes(2)));
    Operate<?, ?> operate = (Operate<?, ?>) step.deed();
    assertThat(operate.target()).isEqualTo(Target.of("edge"));
    assertThat(operate.action()).isInstanceOf(TestModels.Scale.class);
    assertThat(operate.parameters()).isEqualTo(new ScaleTo(1600, Duration.ofSeconds(20)));
  }

  @Test
  void thresholdsBecomePropertiesOfTheirMetric() {
    List<PropertySpec> properties = reader.read(example(), Overrides.NONE).scenario().properties();

    assertThat(properties).hasSize(6);
    PropertySpec durations = properties.get(4);
    assertThat(durations.name()).isEqualTo("http_client_request_duration_seconds");
    // Judged in the last of the ticks of 0.5 s that end at 360 s.
    assertThat(durations.always())
        .isEqualTo(
            "seconds() < 359.75 || (quantile(0.95, 'http_client_request_duration_seconds') < 0.2"
                + " && quantile(0.99, 'http_client_request_duration_seconds') < 1.0)");
  }

  @Test
  void modelOfAnEntryThatIsSwitchedOffIsKnownToExpressions() {
    Scenario scenario =
        read(
            """
            apiVersion: cascade/v1alpha1
            kind: Scenario
            metadata: {name: small}
            spec:
              duration: 1m
              topology:
                - {name: pricing, model: service, config: {threads: 1, queue: {capacity: 1}, endpoints: []}}
                - {name: edge, model: balancer, enabled: false, config: {upstream: pricing, healthCheck: {path: /, interval: 5s}}}
              properties: [{name: calm, always: "rate('lb_health_checks_total', '5s') < 9"}]
            """);

    assertThat(scenario.entry("edge")).isEmpty();
    assertThat(ModelCatalog.of(List.of()).vocabulary(scenario).metric("lb_health_checks_total"))
        .as("what a run compiles its properties with")
        .isNotNull();
  }

  @Test
  void mitigationsLieOverTheScenario() {
    ScenarioFile file = reader.read(example(), Overrides.NONE);

    ServiceConfig cheap = config(file.scenario("cheap-endpoint"), 0);
    assertThat(cheap.endpoints().get(1).hold().mean()).isEqualTo(Duration.ofNanos(500_000));
    Scenario both = file.scenario("bulkhead-and-fail-open");
    assertThat(((ServiceConfig) config(both, 0)).endpoints().get(1).maxConcurrency()).isEqualTo(1);
    assertThat(((BalancerConfig) config(both, 1)).healthCheck().panicThreshold()).isEqualTo(0.67);
    assertThat(both.active()).containsExactly("bulkhead-and-fail-open");
    assertThat(file.mitigations()).hasSize(5);
  }

  @SuppressWarnings("unchecked")
  private static <C> C config(Scenario scenario, int entry) {
    return (C) scenario.topology().get(entry).config();
  }

  @Test
  void expectationsAreThoseOfTheVariant() {
    ScenarioFile file = reader.read(example(), Overrides.NONE);

    assertThat(file.scenario().expected().of("recovers")).hasToString("holds");
    assertThat(file.scenario().expected().of("availability")).hasToString("violated");
    assertThat(file.scenario("cheap-endpoint").expected().of("availability")).hasToString("holds");
    assertThat(file.scenario("cheap-endpoint", "fail-open").expected().of("availability"))
        .as("nobody has said what several together do")
        .hasToString("holds");
  }

  @Test
  void unknownMitigationIsToldWithTheNearest() {
    ScenarioFile file = reader.read(example(), Overrides.NONE);

    assertThatThrownBy(() -> file.scenario("fail-opne"))
        .hasMessageEndingWith("The mitigation (fail-opne) does not exist. Maybe \"fail-open\"?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cheap-endpoint", "bulkhead-and-fail-open"})
  void mergedScenarioReadsBackToTheSame(String mitigation) {
    String[] active = mitigation.isEmpty() ? new String[0] : new String[] {mitigation};
    Scenario scenario = reader.read(example(), Overrides.NONE).scenario(active);

    Scenario again = read(scenario.merged());

    assertThat(again.merged()).isEqualTo(scenario.merged());
    assertThat(again.topology()).isEqualTo(scenario.topology());
    assertThat(again.hash()).isEqualTo(scenario.hash());
    assertThat(again.expected()).usingRecursiveComparison().isEqualTo(scenario.expected());
    assertThat(again.active()).as("merged in").isEmpty();
  }

  @Test
  void renderingReadsBackToTheSame() {
    Scenario scenario = reader.read(example(), Overrides.NONE).scenario();
    String rendered = YamlWriter.write(Rendering.document(scenario));

    // Only what mitigations there are is no part of the values.
    assertThatThrownBy(() -> read(rendered))
        .hasMessageContaining("The mitigation (cheap-endpoint) does not exist.");
    assertThat(read(rendered.replaceAll("(?s)\n  expect:.*", "\n")).hash())
        .isEqualTo(scenario.hash());
  }

  @ParameterizedTest
  @CsvSource({
    "name: checks-eat-a-service, name: other",
    "title: Load-balancer health, title: Something else about health",
    "cheap-endpoint, other-endpoint",
    "availability, reachability",
    "duration: 6m, duration: 360s",
    "replicas: 40, replicas:   40",
    "checkInterval, probeInterval",
    "title: Shoppers get prices quickly, title: Something else",
    "'title: Load-balancer', 'title: No balancer'",
  })
  void namesAndSpellingsLeaveTheHashAsItIs(String old, String other) {
    String text = example().text();
    assertThat(text).contains(old);

    assertThat(read(text.replace(old, other)).hash()).isEqualTo(read(text).hash());
  }

  @ParameterizedTest
  @CsvSource({
    "seed: 42, seed: 43",
    "duration: 6m, duration: 7m",
    "replicas: 40, replicas: 41",
    "clientRate: 300/s, clientRate: 301/s",
    "jitter: 200us, jitter: 201us",
    "at: 2m, at: 3m",
    "for: 5s, for: 6s",
    "name: edge-fleet-grows, name: fleet-grows",
  })
  void whatARunDependsOnChangesTheHash(String old, String other) {
    String text = example().text();
    assertThat(text).contains(old);

    assertThat(read(text.replace(old, other)).hash()).isNotEqualTo(read(text).hash());
  }

  @Test
  void mitigationsChangeTheHash() {
    ScenarioFile file = reader.read(example(), Overrides.NONE);

    assertThat(file.scenario("fail-open").hash()).isNotEqualTo(file.scenario().hash());
  }

  @Test
  void missingFileIsToldWithTheNearest(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("storm.yaml"), example().text());

    assertThat(reader.read(folder.resolve("storm.yaml")).scenario().metadata().name())
        .isEqualTo("checks-eat-a-service");
    assertThatThrownBy(() -> reader.read(folder.resolve("strom.yaml")))
        .isInstanceOf(ScenarioException.class)
        .hasMessage(
            "%s: There is no such file. Maybe \"%s\"?",
            folder.resolve("strom.yaml"), folder.resolve("storm.yaml"));
    assertThatThrownBy(() -> reader.read(folder)).hasMessageContaining("This is a directory.");
  }

  @Test
  void disabledPartsAreLeftOut() {
    String text =
        example()
            .text()
            .replace("- name: fleet-rolled-back", "- enabled: false\n      name: fleet-rolled-back")
            .replace("when: event('fleet-rolled-back')", "when: event('edge-fleet-grows')");

    assertThat(read(text).method()).hasSize(1);
  }
}
