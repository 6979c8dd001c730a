package dev.cascade.models.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cascade.models.http.Backoff.Jitter;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static List<Long> delays(Jitter jitter, int retry) {
    Backoff backoff = new Backoff(SECOND, Duration.ofSeconds(10), jitter);
    RandomStream random = RandomStream.of(1);
    return IntStream.range(0, 1000).mapToObj(i -> backoff.delayNanos(retry, random)).toList();
  }

  @Test
  void backoffDoublesUpToItsMax() {
    assertThat(
            List.of(1, 2, 3, 4, 5, 1000).stream().map(retry -> delays(Jitter.NONE, retry).get(0)))
        .containsExactly(
            1_000_000_000L,
            2_000_000_000L,
            4_000_000_000L,
            8_000_000_000L,
            10_000_000_000L,
            10_000_000_000L);
  }

  /** Of 1,000 uniform draws the least and greatest lie in the outer hundredths, but for e^-10. */
  @Test
  void jitterShortensToHalfOrToNothing() {
    long wait = 4_000_000_000L;

    assertThat(delays(Jitter.EQUAL, 3)).allMatch(d -> d >= wait / 2 && d <= wait);
    assertThat(delays(Jitter.EQUAL, 3)).anyMatch(d -> d < wait / 2 * 1.01);
    assertThat(delays(Jitter.FULL, 3)).allMatch(d -> d >= 0 && d <= wait);
    assertThat(delays(Jitter.FULL, 3)).anyMatch(d -> d < wait * 0.01);
    assertThat(delays(Jitter.FULL, 3)).anyMatch(d -> d > wait * 0.99);
  }

  @Test
  void aBudgetAllowsItsBurstAndThenItsRatio() {
    RetryTokens tokens = new RetryTokens(RetryBudget.of(0.2));

    assertThat(IntStream.range(0, 100).filter(i -> tokens.withdraw()).count()).isEqualTo(10);

    int allowed = 0;
    for (int i = 0; i < 100; i++) {
      tokens.deposit();
      allowed += tokens.withdraw() ? 1 : 0;
    }
    assertThat(allowed).isBetween(19, 20); // 100 × 0.2, and doubles round
  }

  @Test
  void aBudgetSavesNoMoreThanItsBurst() {
    RetryTokens tokens = new RetryTokens(RetryBudget.of(1));
    IntStream.range(0, 1000).forEach(i -> tokens.deposit());

    assertThat(IntStream.range(0, 100).filter(i -> tokens.withdraw()).count()).isEqualTo(10);
  }

  @Test
  void withoutABudgetEveryRetryIsAllowed() {
    RetryTokens tokens = new RetryTokens(null);

    assertThat(IntStream.range(0, 100).allMatch(i -> tokens.withdraw())).isTrue();
  }

  @Test
  void noListMeansEveryFailure() {
    Retries some = new Retries(1, null, null, List.of(RetryOn.TIMEOUT));

    assertThat(Retries.atOnce(1).retriesOn(RetryOn.RESET)).isTrue();
    assertThat(some.retriesOn(RetryOn.TIMEOUT)).isTrue();
    assertThat(some.retriesOn(RetryOn.RESET)).isFalse();
  }

  @Test
  void whatMakesNoSenseIsSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(SECOND, Duration.ofMillis(1), Jitter.FULL))
        .withMessageContaining("must not be shorter than the base");
    assertThatIllegalArgumentException().isThrownBy(() -> Retries.atOnce(-1));
  }
}
