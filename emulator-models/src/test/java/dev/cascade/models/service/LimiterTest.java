package dev.cascade.models.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.models.service.ConcurrencyLimit.Algorithm;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of Netflix's limits, step by step. */
class LimiterTest {
  private static final long MILLI = 1_000_000;

  private static Limiter limiter(Algorithm algorithm, int initial, int min, int max) {
    return Limiter.of(
        ConcurrencyLimit.of(algorithm, initial).within(min, max, Duration.ofMillis(100)));
  }

  @ParameterizedTest
  @CsvSource({
    "50, 10, false, 51", // good, and half of it is used
    "50, 40, false, 51",
    "20, 9, false, 20", // good, but less than half is used
    "50, 101, false, 45", // slow: a tenth less
    "50, 10, true, 45", // failed
    "11, 10, true, 10", // the least
    "100, 10, false, 100" // the most
  })
  void aimdAddsOneAndTakesATenth(int limit, int millisOrUsed, boolean dropped, int after) {
    boolean idle = limit == 20;
    Limiter limiter = limiter(Algorithm.AIMD, limit, 10, 100);

    limiter.ended(millisOrUsed * MILLI, idle ? millisOrUsed : limit, dropped);

    assertThat(limiter.limit()).isEqualTo(after);
  }

  @Test
  void aFixedLimitStays() {
    Limiter limiter = limiter(Algorithm.FIXED, 7, 1, 100);
    limiter.ended(1_000 * MILLI, 7, true);
    assertThat(limiter.limit()).isEqualTo(7);
  }

  /** At the usual duration the gradient is 1: each sample adds a fifth of the queueSize of 4. */
  @Test
  void gradientRisesWhileNothingSlowsDown() {
    Limiter limiter = limiter(Algorithm.GRADIENT2, 20, 10, 200);
    for (int i = 0; i < 100; i++) {
      limiter.ended(10 * MILLI, limiter.limit(), false);
    }
    assertThat(limiter.limit()).isEqualTo(100); // 20 + 100 x 0.8
  }

  /** Four times as slow as usual: gradient 1.5 / 4, and never less than a half. */
  @Test
  void gradientFallsWhenRequestsTakeLongerThanUsual() {
    Limiter limiter = limiter(Algorithm.GRADIENT2, 100, 20, 200);
    for (int i = 0; i < 200; i++) {
      limiter.ended(10 * MILLI, 10, false); // less than half is used: it only learns
    }
    assertThat(limiter.limit()).isEqualTo(100);

    limiter.ended(40 * MILLI, 100, false);

    // 100 x 0.8 + (100 x 0.5 + 4) x 0.2 = 90.8
    assertThat(limiter.limit()).isEqualTo(90);
    for (int i = 0; i < 25; i++) {
      limiter.ended(40 * MILLI, 100, false);
    }
    assertThat(limiter.limit()).isEqualTo(20);
  }

  @Test
  void whatWasUsualUnderLoadIsForgottenWhenItHasGone() {
    Limiter slow = limiter(Algorithm.GRADIENT2, 20, 10, 200);
    for (int i = 0; i < 2_000; i++) {
      slow.ended(100 * MILLI, 1, false);
    }
    for (int i = 0; i < 200; i++) {
      slow.ended(10 * MILLI, 1, false);
    }

    // 10 ms are usual again, so that 40 ms are slow; by the mean of 600 alone they would not be.
    slow.ended(40 * MILLI, 20, false);
    assertThat(slow.limit()).isLessThan(20);
  }

  @Test
  void mistakesAreToldWithTheirValues() {
    assertThatThrownBy(() -> ConcurrencyLimit.of(Algorithm.AIMD, 300))
        .hasMessageContaining("The initialLimit (300) must lie between the minLimit (20)");
    assertThatThrownBy(() -> ConcurrencyLimit.of(Algorithm.FIXED, 0))
        .hasMessageContaining("The initialLimit (0)");
  }
}
