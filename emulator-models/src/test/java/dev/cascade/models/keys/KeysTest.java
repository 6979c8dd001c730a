package dev.cascade.models.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cascade.node.Ratio;
import dev.cascade.random.RandomStream;
import org.junit.jupiter.api.Test;

/** How often which key is drawn. */
class KeysTest {
  private static final int DRAWS = 100_000;

  /** Four times the largest deviation that a share can have, 0.5 / sqrt(draws). */
  private static final double DEVIATIONS = 4 * 0.5 / Math.sqrt(DRAWS);

  private static double[] shares(KeyDistribution distribution) {
    Keys keys = new Keys(distribution);
    RandomStream random = RandomStream.of(1);
    double[] shares = new double[4];
    for (int i = 0; i < DRAWS; i++) {
      shares[keys.draw(random)] += 1.0 / DRAWS;
    }
    return shares;
  }

  @Test
  void uniformKeysAreDrawnAsOften() {
    assertThat(shares(KeyDistribution.uniform(4)))
        .containsExactly(new double[] {0.25, 0.25, 0.25, 0.25}, within(DEVIATIONS));
  }

  @Test
  void zipfsKeysAreDrawnInProportionToAPowerOfTheirRank() {
    // 1 + 1/2 + 1/3 + 1/4 = 25/12; 1 + 1/4 + 1/9 + 1/16 = 205/144
    assertThat(shares(KeyDistribution.zipf(4, 1)))
        .containsExactly(
            new double[] {12 / 25.0, 6 / 25.0, 4 / 25.0, 3 / 25.0}, within(DEVIATIONS));
    assertThat(shares(KeyDistribution.zipf(4, 2)))
        .containsExactly(
            new double[] {144 / 205.0, 36 / 205.0, 16 / 205.0, 9 / 205.0}, within(DEVIATIONS));
  }

  @Test
  void aHotKeyHasItsShareAndTheOthersTheRest() {
    assertThat(shares(KeyDistribution.hotKey(4, 0.7)))
        .containsExactly(new double[] {0.7, 0.1, 0.1, 0.1}, within(DEVIATIONS));
  }

  @Test
  void aHotspotIsAPartOfTheKeys() {
    KeyDistribution half =
        new KeyDistribution(4, KeyDistribution.Law.HOTSPOT, 1, new Ratio(0.5), new Ratio(0.8));

    assertThat(shares(half)).containsExactly(new double[] {0.4, 0.4, 0.1, 0.1}, within(DEVIATIONS));
  }
}
