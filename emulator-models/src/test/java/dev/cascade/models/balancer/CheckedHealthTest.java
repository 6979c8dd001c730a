package dev.cascade.models.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Envoy's rules for active checks, with 3 failures and 2 successes, as a table. */
class CheckedHealthTest {
  private static final HealthCheck THREE_AND_TWO =
      new HealthCheck("/", Duration.ofSeconds(5), Duration.ofSeconds(1), 3, 2);

  /** S is a success, B a bad answer, N none; what comes of each stands below: H healthy, - not. */
  @ParameterizedTest
  @CsvSource({
    "S, H", // the first success is enough
    "NSS, --H", // after a first check that failed it needs two
    "SNN, HHH", // two failures are too few
    "SNNN, HHH-",
    "SNNSN, HHHHH", // a success between starts the count anew
    "SB, H-", // one bad answer is enough
    "SBS, H--", // then it needs two
    "SBSS, H--H",
    "SBSNSS, H----H",
    "B, -"
  })
  void thresholdsDecide(String checks, String healthy) {
    CheckedHealth health = new CheckedHealth(THREE_AND_TWO);
    StringBuilder seen = new StringBuilder();

    for (char check : checks.toCharArray()) {
      CheckedHealth.Result result =
          switch (check) {
            case 'S' -> CheckedHealth.Result.SUCCESS;
            case 'B' -> CheckedHealth.Result.BAD_ANSWER;
            default -> CheckedHealth.Result.NO_ANSWER;
          };
      seen.append(health.checked(result) ? 'H' : '-');
    }

    assertThat(seen).hasToString(healthy);
  }
}
