package dev.cascade.models.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many checks in a row change what a target is taken for: AWS's 5 and 2, and 1 at first. */
class TargetHealthTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    // + a success, - a failure; what the target is taken for after each
    "+, H",
    "-+, IH",
    "--, IU",
    "+-+-, HHHH",
    "+--, HHU",
    "--++++, IUUUUU",
    "--+++++, IUUUUUH",
    "--++++-+++++, IUUUUUUUUUUH",
  })
  void thresholds(String checks, String states) {
    TargetHealth health =
        new TargetHealth(HealthCheckConfig.of("/", INTERVAL, Duration.ofSeconds(4)));
    StringBuilder seen = new StringBuilder();
    for (char check : checks.toCharArray()) {
      seen.append(health.checked(check == '+').name().charAt(0));
    }
    assertThat(seen).hasToString(states);
  }

  @Test
  void checksMustNotOverlap() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HealthCheckConfig.of("/", INTERVAL, INTERVAL))
        .withMessageContaining("timeout (PT5S)");
  }

  @Test
  void phasesRecurInEveryIntervalOfAllClocks() {
    assertThat(HealthChecker.untilPhase(20, 0, 100)).isEqualTo(Duration.ofNanos(20));
    assertThat(HealthChecker.untilPhase(20, 320, 100)).isEqualTo(Duration.ZERO);
    assertThat(HealthChecker.untilPhase(20, 321, 100)).isEqualTo(Duration.ofNanos(99));
    assertThat(HealthChecker.untilPhase(100, 30, 100)).isEqualTo(Duration.ofNanos(70));
  }
}
