package com.example;

import static dev.cascade.testkit.EmulationAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.run.Emulation;
import dev.cascade.testkit.EmulationTest;
import dev.cascade.testkit.Mitigations;
import org.junit.jupiter.api.Test;

/** The scenario with the model: JUnit's class path has it, as --models has it for the command. */
@EmulationTest("rate-limiter.yaml")
class RateLimiterScenarioTest {
  @Test
  void itComesOutAsExpected(Emulation emulation) {
    assertThat(emulation.run()).passes();
  }

  @Test
  void noMorePassThanTheLimit(Emulation emulation) {
    emulation.start().advanceTo("operator-lowers-the-limit").advanceBy(ofSeconds(60));

    // 80/s and the burst of 10, of which a window of 30 s has at most a third of a request a second.
    assertThat(emulation.value("rate('rate_limiter_passed_total', '30s')")).isBetween(79.0, 80.4);
  }

  @Mitigations("limit-from-the-start")
  void aLimitFromTheStartKeepsItQuick(Emulation emulation) {
    assertThat(emulation.run()).holds("quick");
  }

  @Test
  void itIsDeterministic(Emulation emulation) {
    assertThat(emulation).isRepeatable();
  }
}
