package dev.cascade.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cascade.testkit.SequentialTest.Side;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SequentialTestTest {
  private static final int RUNS_MAX = 2_000;

  private static SequentialTest decide(double truth, double rate, double confidence, long seed) {
    Random random = new Random(seed);
    SequentialTest test = new SequentialTest(rate, confidence);
    while (test.side() == Side.UNDECIDED && test.runs() < RUNS_MAX) {
      test.add(random.nextDouble() < truth);
    }
    return test;
  }

  /**
   * Of 1,000 tests at a confidence of 0.95 at most 50 are expected to be wrong; more than 80 come
   * by chance less than once in 10,000 times (binomial).
   */
  @ParameterizedTest
  @CsvSource({"0.5, 0.5", "0.9, 0.9", "0.95, 0.95", "0.8, 0.82", "0.3, 0.25"})
  void lookingAfterEveryRunIsNoMoreOftenWrongThanPromised(double truth, double rate) {
    Side wrong = truth < rate ? Side.AT_LEAST : Side.BELOW;
    int wrongs = 0;
    for (long seed = 0; seed < 1000; seed++) {
      wrongs += decide(truth, rate, 0.95, seed).side() == wrong ? 1 : 0;
    }
    assertThat(wrongs).isLessThanOrEqualTo(80);
  }

  /** No test can decide on success alone before ln(α) / ln(rate) runs; this one needs half more. */
  @ParameterizedTest
  @CsvSource({"0.95, 0.99", "0.9, 0.95", "0.5, 0.99"})
  void successAloneDecidesWithinTwiceTheRunsThatAnyTestNeeds(double rate, double confidence) {
    double least = Math.log(1 - confidence) / Math.log(rate);

    SequentialTest test = decide(1, rate, confidence, 1);

    assertThat(test.side()).isEqualTo(Side.AT_LEAST);
    assertThat(test.runs()).isBetween((int) Math.ceil(least), (int) (2 * least) + 2);
  }

  @Test
  void aRateFarBelowIsSeenAfterAFewRuns() {
    SequentialTest test = decide(0, 0.95, 0.99, 1);

    assertThat(test.side()).isEqualTo(Side.BELOW);
    assertThat(test.runs()).isLessThanOrEqualTo(3); // 20 to the third exceeds 100
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void allOrNoneCannotBeShown(double rate) {
    assertThatIllegalArgumentException().isThrownBy(() -> new SequentialTest(rate, 0.99));
  }
}
