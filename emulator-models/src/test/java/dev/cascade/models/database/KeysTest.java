package dev.cascade.models.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cascade.models.database.RowLock.Distribution;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often which row is drawn. */
class KeysTest {
  private static final int DRAWS = 100_000;

  /** Four times the largest deviation that a share can have, 0.5 / sqrt(draws). */
  private static final double DEVIATIONS = 4 * 0.5 / Math.sqrt(DRAWS);

  private static double[] shares(Distribution distribution, double exponent) {
    Keys keys = new Keys(new RowLock("rows", 4, distribution, exponent, Duration.ofSeconds(1)));
    RandomStream random = RandomStream.of(1);
    double[] shares = new double[4];
    for (int i = 0; i < DRAWS; i++) {
      shares[keys.draw(random)] += 1.0 / DRAWS;
    }
    return shares;
  }

  @Test
  void uniformRowsAreDrawnAsOften() {
    assertThat(shares(Distribution.UNIFORM, 1))
        .containsExactly(new double[] {0.25, 0.25, 0.25, 0.25}, within(DEVIATIONS));
  }

  @Test
  void zipfsRowsAreDrawnInProportionToAPowerOfTheirRank() {
    // 1 + 1/2 + 1/3 + 1/4 = 25/12; 1 + 1/4 + 1/9 + 1/16 = 205/144
    assertThat(shares(Distribution.ZIPF, 1))
        .containsExactly(
            new double[] {12 / 25.0, 6 / 25.0, 4 / 25.0, 3 / 25.0}, within(DEVIATIONS));
    assertThat(shares(Distribution.ZIPF, 2))
        .containsExactly(
            new double[] {144 / 205.0, 36 / 205.0, 16 / 205.0, 9 / 205.0}, within(DEVIATIONS));
  }
}
