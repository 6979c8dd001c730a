package dev.cascade.models.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.models.call.Breaker.Permit;
import dev.cascade.models.call.Breaker.State;
import dev.cascade.node.Ratio;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The states of a circuit breaker; the rules are those of resilience4j's documentation. */
class BreakerTest {
  private static final long WAIT = Duration.ofSeconds(5).toNanos();

  /** Opens at half of the last four, judges from the third on, and tries two. */
  private final Breaker breaker = new Breaker(config(4, 3, 2));

  private static CircuitBreaker config(int window, int minimum, int permitted) {
    return new CircuitBreaker(new Ratio(0.5), window, minimum, Duration.ofSeconds(5), permitted);
  }

  private Permit permit(long nowNanos) {
    return Objects.requireNonNull(breaker.tryAcquire(nowNanos));
  }

  /** One attempt after the other: + succeeds, - fails. */
  private void attempts(String outcomes, long nowNanos) {
    for (char outcome : outcomes.toCharArray()) {
      breaker.record(permit(nowNanos), outcome == '+', nowNanos);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--, CLOSED", // too few to judge
    "++-, CLOSED", // a third
    "+--, OPEN",
    "+-+-, OPEN", // half is enough
    "-++++-, CLOSED", // the first is forgotten: one of four
    "-++++--, OPEN",
  })
  void opensWhenItsWindowHoldsTooManyFailures(String outcomes, State state) {
    attempts(outcomes, 0);

    assertThat(breaker.state()).isEqualTo(state);
  }

  @Test
  void letsNoneThroughUntilItsWaitIsOver() {
    attempts("---", 100);

    assertThat(breaker.tryAcquire(100 + WAIT - 1)).isNull();
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.tryAcquire(100 + WAIT)).isNotNull();
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
  }

  @Test
  void letsOnlyAFewThroughWhileItIsHalfOpen() {
    attempts("---", 0);

    assertThat(breaker.tryAcquire(WAIT)).isNotNull();
    assertThat(breaker.tryAcquire(WAIT)).isNotNull();
    assertThat(breaker.tryAcquire(WAIT)).isNull();
    assertThat(breaker.tryAcquire(10 * WAIT)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"++, CLOSED", "+-, OPEN", "--, OPEN", "+, HALF_OPEN", "-, HALF_OPEN"})
  void judgesAnewWhenAllOfTheFewHaveEnded(String outcomes, State state) {
    attempts("---", 0);

    attempts(outcomes, WAIT);

    assertThat(breaker.state()).isEqualTo(state);
  }

  @Test
  void waitsAgainAfterEachFailedTrial() {
    attempts("---", 0);
    attempts("--", WAIT);

    assertThat(breaker.tryAcquire(2 * WAIT - 1)).isNull();
    assertThat(breaker.tryAcquire(2 * WAIT)).isNotNull();
  }

  @Test
  void beginsWithAnEmptyWindowOnceItIsClosedAgain() {
    attempts("---", 0);
    attempts("++", WAIT);

    attempts("--", WAIT);

    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void whatWasPermittedBeforeIsNotJudgedLater() {
    Permit late = permit(0);
    attempts("---", 0);
    breaker.record(late, true, WAIT);
    Permit first = permit(WAIT);
    breaker.record(late, false, WAIT);
    breaker.record(first, true, WAIT);
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);

    breaker.record(permit(WAIT), true, WAIT);

    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void anAttemptThatWasNeverMadeLeavesItsPlaceToAnother() {
    attempts("---", 0);
    permit(WAIT);
    Permit second = permit(WAIT);

    breaker.release(second);

    assertThat(breaker.tryAcquire(WAIT)).isNotNull();
    assertThat(breaker.tryAcquire(WAIT)).isNull();
  }

  @Test
  void aWindowThatIsTooSmallToJudgeIsAMistake() {
    assertThatThrownBy(() -> config(10, 11, 1))
        .hasMessageContaining("minimumNumberOfCalls (11)")
        .hasMessageContaining("slidingWindowSize (10)");
  }
}
