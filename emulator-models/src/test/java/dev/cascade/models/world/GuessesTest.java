package dev.cascade.models.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.cascade.run.Words;
import dev.cascade.scenario.GuessedValue;
import dev.cascade.scenario.ModelCatalog;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A run tells which defaults it rests on that nobody has measured. */
class GuessesTest {
  private static final String SCENARIO =
      """
      apiVersion: cascade/v1alpha1
      kind: Scenario
      metadata: {name: guesses}
      spec:
        duration: 1m
        configuration:
          pages: [{name: page, path: /, hold: 1ms}]
          checks: {timeout: 4s}
        topology:
          - {name: shop, model: service, config: {threads: 4, queue: {capacity: 9}, endpoints: $(pages)}}
          - {name: rows, model: database, config: {cores: 2, queries: [{name: read, path: /}]}}
          - {name: edge, model: load-balancer, config: {targetGroups: [{name: web, process: server}], healthCheck: $(checks)}}
          - {name: idle, model: service, enabled: false, config: {threads: 4, queue: {capacity: 9}, endpoints: $(pages)}}
        load:
          - {name: users, executor: constant-arrival-rate, target: shop, path: /, rate: 5/s}
        method:
          - {name: more, when: seconds() > 10.0, action: change-rate, target: users, rate: 9/s}
          - {name: less, at: 30s, action: change-rate, target: users, rate: 9/s}
      """;

  private static Scenario scenario(String... settings) {
    ModelCatalog catalog = ModelCatalog.load().withBuiltIns(Words.ENGINE_METRICS, List.of());
    return new ScenarioReader(catalog)
        .read(new ScenarioSource("guesses.yaml", SCENARIO), Overrides.set(settings))
        .scenario();
  }

  private static Map<String, String> values(Scenario scenario) {
    return scenario.guesses().stream()
        .collect(Collectors.toMap(GuessedValue::path, GuessedValue::value));
  }

  @Test
  void defaultsThatAreGuessesAreToldWithTheirPaths() {
    assertThat(values(scenario()))
        .containsOnly(
            entry("topology.shop.cores", "4"),
            // The list is shared by reference, and set where it stands.
            entry("configuration.pages.page.responseBody", "2kB"),
            entry("topology.rows.apply", "1ms"), // its cores are written down
            entry("topology.edge.resync", "10s"),
            entry("configuration.checks.spread", "50ms"),
            entry("configuration.checks.aligned", "true"),
            entry("load.users.maxVUs", "100000"),
            entry("method.more.after", "2m"),
            entry("network.default", "{latency: 500us, jitter: 100us}"),
            entry("network.loopback", "{distribution: uniform, min: 40us, max: 60us}"));
  }

  @Test
  void whatIsWrittenDownIsItsAuthors() {
    assertThat(values(scenario("topology.shop.cores=4", "network.default.latency=1ms")))
        .doesNotContainKeys("topology.shop.cores", "network.default")
        .containsKey("network.loopback");
  }

  /** The claim of all paths: setting one removes the guess, and nothing is wrong with it. */
  @Test
  void everyAlternativeCanBeSetAtItsPath() {
    for (GuessedValue guess : scenario().guesses()) {
      assertThat(guess.alternatives()).as(guess.path()).isNotEmpty();
      assertThat(guess.note()).as(guess.path()).isNotBlank();
      guess
          .alternatives()
          .forEach(
              (word, value) -> {
                Scenario changed = scenario(guess.path() + "=" + value);
                assertThat(changed.hash()).as(guess.path()).isNotEqualTo(scenario().hash());
                assertThat(values(changed)).doesNotContainKey(guess.path());
              });
    }
  }

  @Test
  void alternativesAreHalfAndDouble() {
    Map<String, Map<String, String>> alternatives =
        scenario().guesses().stream()
            .collect(Collectors.toMap(GuessedValue::path, GuessedValue::alternatives));

    assertThat(alternatives.get("topology.shop.cores"))
        .containsExactly(entry("half", "2"), entry("double", "8"));
    assertThat(alternatives.get("configuration.pages.page.responseBody"))
        .containsExactly(entry("half", "1000B"), entry("double", "4000B"));
    assertThat(alternatives.get("configuration.checks.aligned"))
        .containsExactly(entry("other", "false"));
    assertThat(alternatives.get("network.default"))
        .containsExactly(
            entry("half", "{latency: 250us, jitter: 50us}"),
            entry("double", "{latency: 1ms, jitter: 200us}"));
    assertThat(alternatives.get("network.loopback"))
        .containsExactly(
            entry("half", "{distribution: uniform, min: 20us, max: 30us}"),
            entry("double", "{distribution: uniform, min: 80us, max: 120us}"));
  }
}
