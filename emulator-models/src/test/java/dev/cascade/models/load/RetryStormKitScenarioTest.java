package dev.cascade.models.load;

import static dev.cascade.testkit.EmulationAssertions.assertThat;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.run.Emulation;
import dev.cascade.testkit.EmulationTest;
import dev.cascade.testkit.Mitigations;
import dev.cascade.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The retry storm, asserted about as a user of the test kit would. */
@EmulationTest(value = "../config/scenarios/retry-storm.yaml", set = "duration=12m", seed = 42)
class RetryStormKitScenarioTest {
  @Test
  void theQueueIsStillFullLongAfterTheStop(Emulation emulation) {
    emulation.start().advanceTo("stop");
    emulation
        .await("the queue is full, once it can be seen", ofSeconds(60))
        .until(() -> emulation.value("max(gauge('service_queue_length'))") >= 99);
    emulation.advanceBy(ofMinutes(5));

    assertThat(emulation.value("max(gauge('service_queue_length'))")).isGreaterThan(50);
  }

  @Seeds("1..3")
  void afterItsEndRequestsStillFail(Emulation emulation) {
    assertThat(emulation.run()).measures("attempts_per_second", 20, 26);
  }

  @Seeds("1..2")
  @Mitigations({"retry-budget", "short-queue"})
  void whatHelpsHelpsWithAnySeed(Emulation emulation) {
    assertThat(emulation.run()).measures("attempts_per_second", 4, 7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"newest-first", "drop-expired"})
  void aMitigationCanBeSwitchedOnInATest(String mitigation, Emulation emulation) {
    assertThat(emulation.withMitigation(mitigation).run()).measures("attempts_per_second", 4, 7);
  }

  @Test
  void itIsRepeatable(Emulation emulation) {
    assertThat(emulation).isRepeatable();
  }
}
