package dev.cascade.models.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.run.Emulation;
import dev.cascade.run.RunResult;
import dev.cascade.scenario.ModelCatalog;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.ScenarioFile;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import dev.cascade.testkit.EmulationAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small scenarios of calls and locks do what they say, with a seed that nobody looked at. */
class SmallScenariosScenarioTest {
  private static final Path SCENARIOS = Path.of("..", "config", "scenarios");
  private static final String SEED = "seed=4711";

  private static RunResult run(String scenario, List<String> mitigations, String... settings) {
    ScenarioFile file =
        new ScenarioReader(ModelCatalog.load())
            .read(
                ScenarioSource.file(SCENARIOS.resolve(scenario + ".yaml")),
                Overrides.set(settings));
    RunResult result = Emulation.of(file.scenario(mitigations)).run();
    assertThat(result.end().failure()).isNull();
    return result;
  }

  @ParameterizedTest
  @CsvSource({
    "three-services,",
    "three-services, timeout",
    "three-services, short-timeout",
    "three-services, circuit-breaker",
    "three-services, deadlines",
    "three-services, bulkhead",
    "three-services, bulkhead-newest-first",
    "three-services, event-loops",
    "gray-replica,",
    "gray-replica, outlier-detection",
    "gray-replica, least-request",
    "autoscaler-too-late,",
    "autoscaler-too-late, more-headroom",
    "autoscaler-too-late, limit",
    "autoscaler-too-late, fast-start",
    "hot-row,",
    "hot-row, more-connections",
    "hot-row, lock-timeout",
    "hot-row, short-transaction",
    "hot-row, short-transaction-and-fast-replica",
  })
  void eachVariantEndsAsItsScenarioExpects(String scenario, String mitigation) {
    RunResult result = run(scenario, mitigation == null ? List.of() : List.of(mitigation), SEED);

    EmulationAssertions.assertThat(result).passes();
  }

  /** Without the trigger there is no outage: nothing else in the files brings it about. */
  @ParameterizedTest
  @CsvSource({
    "three-services, method.slow.enabled=false, home-works",
    "hot-row, method.sale.enabled=false, reads-work",
    "gray-replica, method.sick.enabled=false, pages-are-fast",
  })
  void withoutItsTriggerNothingHappens(String scenario, String without, String property) {
    RunResult result = run(scenario, List.of(), SEED, without);

    EmulationAssertions.assertThat(result).holds(property);
  }

  @Test
  void threeServicesThatCallEachOtherFitIntoThirtyLines() throws IOException {
    assertThat(Files.readAllLines(SCENARIOS.resolve("three-services.yaml")))
        .hasSizeLessThanOrEqualTo(30);
  }
}
