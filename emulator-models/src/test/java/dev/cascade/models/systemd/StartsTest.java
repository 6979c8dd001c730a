package dev.cascade.models.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Start limits, and ends that are clean (components B4, B3). */
class StartsTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void theSixthStartInTenSecondsIsRefusedAndTheNextOneLaterIsNot() {
    Starts starts = new Starts(StartLimit.DEFAULT);
    for (int i = 0; i < 5; i++) {
      assertThat(starts.admit(i * SECOND)).isTrue();
    }

    assertThat(starts.admit(9 * SECOND)).isFalse();
    assertThat(starts.admit(10 * SECOND)).as("the first is ten seconds ago").isTrue();
    assertThat(starts.admit(10 * SECOND)).isFalse();
    starts.forget();
    assertThat(starts.admit(10 * SECOND)).isTrue();
  }

  @Test
  void aLimitOfNoneAdmitsAll() {
    Starts starts = new Starts(new StartLimit(0, Duration.ofSeconds(10)));
    for (int i = 0; i < 100; i++) {
      assertThat(starts.admit(0)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, NO, false",
    "1, NO, false",
    "141, NO, false",
    "0, ON_FAILURE, false",
    "1, ON_FAILURE, true",
    "137, ON_FAILURE, true",
    "141, ON_FAILURE, false",
    "143, ON_FAILURE, false",
    "0, ALWAYS, true",
    "1, ALWAYS, true",
    "141, ALWAYS, true",
  })
  void sigpipeAndSigtermAreNoFailures(int code, Restart restart, boolean restarts) {
    assertThat(restart.after(new Exit(code))).isEqualTo(restarts);
  }
}
