package dev.cascade.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.scenario.TestModels.BalancerConfig;
import dev.cascade.scenario.TestModels.LoadConfig;
import dev.cascade.scenario.TestModels.ServiceConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the user sets reaches its place, and what cannot is told with the option. */
class OverlayTest {
  private static Scenario set(String... settings) {
    return read(Overrides.set(settings));
  }

  private static Scenario values(String text) {
    return read(new Overrides(List.of(new ScenarioSource("values.yaml", text)), List.of()));
  }

  private static Scenario read(Overrides overrides) {
    return new ScenarioReader(TestModels.CATALOG)
        .read(ScenarioReaderTest.example(), overrides)
        .scenario();
  }

  private static ServiceConfig pricing(Scenario scenario) {
    return (ServiceConfig) scenario.topology().get(0).config();
  }

  private static BalancerConfig edge(Scenario scenario) {
    return (BalancerConfig) scenario.topology().get(1).config();
  }

  private static LoadConfig shoppers(Scenario scenario) {
    return (LoadConfig) scenario.topology().get(2).config();
  }

  @Test
  void settingsReachTheirPlaces() {
    assertThat(set("seed=7").timing().seed()).isEqualTo(7);
    assertThat(set("spec.duration=7m").timing().duration()).isEqualTo(Duration.ofMinutes(7));
    assertThat(set("metadata.name=other").metadata().name()).isEqualTo("other");
    assertThat(set("topology.edge.replicas=3").topology().get(1).replicas()).isEqualTo(3);
    assertThat(edge(set("topology.edge.healthCheck.interval=9s")).healthCheck().interval())
        .isEqualTo(Duration.ofSeconds(9));
    assertThat(edge(set("topology.edge.config.policy=random")).policy()).isEqualTo("random");
    assertThat(pricing(set("topology.pricing.endpoints.price.cpu=3ms")).endpoints().get(0).cpu())
        .isEqualTo(Duration.ofMillis(3));
    assertThat(shoppers(set("load.shoppers.rate=9/s")).rate().perSecond()).isEqualTo(9);
    assertThat(shoppers(set("configuration.clientRate=8/s")).rate().perSecond()).isEqualTo(8);
    assertThat(set("links.0.jitter=1us").links().get(0).link().jitter())
        .isEqualTo(Duration.ofNanos(1000));
    assertThat(set("network.loopback=70us").network().loopback().mean())
        .isEqualTo(Duration.ofNanos(70_000));
  }

  @Test
  void settingReplacesAsAWhole() {
    Scenario scenario = set("configuration.checkCost={distribution: constant, value: 2ms}");

    assertThat(pricing(scenario).endpoints().get(1).hold().mean()).isEqualTo(Duration.ofMillis(2));
  }

  @Test
  void laterSettingWins() {
    assertThat(set("seed=7", "seed=8").timing().seed()).isEqualTo(8);
  }

  @Test
  void mitigationLiesOverSettings() {
    Scenario scenario =
        new ScenarioReader(TestModels.CATALOG)
            .read(
                ScenarioReaderTest.example(),
                Overrides.set("topology.edge.healthCheck.panicThreshold=0.1"))
            .scenario("fail-open");

    assertThat(edge(scenario).healthCheck().panicThreshold()).isEqualTo(0.67);
  }

  @Test
  void valuesAreMergedKeyByKey() {
    Scenario scenario =
        values(
            """
            seed: 9
            configuration:
              checkCost: {distribution: constant, value: 3ms}
            topology:
              edge:
                replicas: 2
                healthCheck: {interval: 8s}
            load.shoppers.rate: 7/s
            """);

    assertThat(scenario.timing().seed()).isEqualTo(9);
    assertThat(pricing(scenario).endpoints().get(1).hold().mean()).isEqualTo(Duration.ofMillis(3));
    assertThat(scenario.topology().get(1).replicas()).isEqualTo(2);
    assertThat(edge(scenario).healthCheck().interval()).isEqualTo(Duration.ofSeconds(8));
    assertThat(edge(scenario).healthCheck().path())
        .as("what is not named stays")
        .isEqualTo("/health");
    assertThat(shoppers(scenario).rate().perSecond()).isEqualTo(7);
  }

  @Test
  void settingWinsOverValues() {
    Scenario scenario =
        read(
            new Overrides(
                List.of(new ScenarioSource("values.yaml", "seed: 9")), List.of("seed=10")));

    assertThat(scenario.timing().seed()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seed | --set seed: A setting is path=value. Maybe configuration.rate=200/s?",
        "sed=1 | --set sed=1: The path (sed) leads nowhere: there is no sed. Maybe \"seed\"?",
        "seed=x | --set seed=x: The value (x) is a text, but a whole number is due.",
        "configuration.clientRat=1/s | --set configuration.clientRat=1/s: The path (configuration.clientRat) leads nowhere: the configuration has no entry (clientRat). Maybe \"clientRate\"?",
        "topology.edgy.replicas=1 | --set topology.edgy.replicas=1: The path (topology.edgy.replicas) leads nowhere: no item is called (edgy). Maybe \"edge\"?",
        "topology.edge.polizy=random | --set topology.edge.polizy=random: The key (polizy) is unknown. Maybe \"policy\"?",
        "topology.pricing.endpoints.health.hold.mean=1ms | --set topology.pricing.endpoints.health.hold.mean=1ms: The path (topology.pricing.endpoints.health.hold.mean) leads nowhere: (hold) is a value ($(checkCost)). Maybe set configuration.checkCost?",
        "configuration.clientRate=5 | --set configuration.clientRate=5: The rate (5) has no unit. Maybe 5/s or 5/min? (Used at 55:13.)",
        "topology.edge.healthCheck.timeout=9s | --set topology.edge.healthCheck.timeout=9s: The timeout (9s) must be shorter than the interval (5s). Maybe raise the interval?",
      })
  void whatCannotBeSetIsToldWithTheOption(String setting, String message) {
    assertThatThrownBy(() -> set(setting))
        .isInstanceOf(ScenarioException.class)
        .hasMessage(message);
  }

  /** However long the configuration is, or if there is none. */
  @Test
  void whatTheConfigurationHasIsTold() {
    String entries = "{a1: 1, b1: 1, c1: 1, d1: 1, e1: 1, f1: 1, g1: 1, h1: 1, i1: 1}";

    assertThatThrownBy(() -> setIn(entries, "configuration.nope=1"))
        .hasMessageContaining("no entry (nope). It has: a1, b1, c1, d1, e1, f1, g1, h1, i1.");
    assertThatThrownBy(() -> setIn("{}", "configuration.nope=1"))
        .hasMessageContaining("no entry (nope). It has none. Maybe a value by its own path, ");
  }

  private static void setIn(String configuration, String setting) {
    String text =
        """
        apiVersion: cascade/v1alpha1
        kind: Scenario
        metadata: {name: small}
        spec: {duration: 1m, configuration: %s}
        """
            .formatted(configuration);
    new ScenarioReader(TestModels.CATALOG)
        .read(new ScenarioSource("small.yaml", text), Overrides.set(setting));
  }

  @Test
  void valuesFileIsToldByItsOwnLines() {
    assertThatThrownBy(() -> values("topology:\n  edge:\n    replicas: many\n"))
        .hasMessage("values.yaml:3:15: The value (many) is a text, but a whole number is due.");
  }
}
