package dev.cascade.models.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cascade.models.keys.KeyDistribution;
import dev.cascade.models.keys.Keys;
import dev.cascade.models.memcache.CacheSet;
import dev.cascade.models.world.Interval;
import dev.cascade.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often keys that are drawn independently are found; each run of a seed is an observation. */
class HitRateTest {
  private static final int RUNS = 12;
  private static final int DRAWS = 200_000;

  private static Interval simulated(KeyDistribution keys, int items, Eviction eviction) {
    double[] rates = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      RandomStream random = RandomStream.of(run + 1L);
      Store store = new Store(items, 1, eviction, random.fork("eviction"));
      Keys drawn = new Keys(keys);
      int hits = 0;
      for (int i = -DRAWS; i < DRAWS; i++) { // the first half fills the store
        long key = drawn.draw(random);
        boolean found = store.get(key, 0, 0, 0).found();
        if (!found) {
          store.put(key, 0, CacheSet.FOR_EVER);
        }
        hits += found && i >= 0 ? 1 : 0;
      }
      rates[run] = hits / (double) DRAWS;
    }
    return Interval.of(rates);
  }

  private static double[] zipf(int keys, double exponent) {
    double[] shares = new double[keys];
    double total = 0;
    for (int i = 0; i < keys; i++) {
      shares[i] = Math.pow(i + 1.0, -exponent);
      total += shares[i];
    }
    for (int i = 0; i < keys; i++) {
      shares[i] /= total;
    }
    return shares;
  }

  /** Each of all keys is as likely to be there: any policy finds capacity / keys. */
  @ParameterizedTest
  @CsvSource({"1000, 100", "1000, 700"})
  void uniformKeysAreFoundInProportionToTheRoom(int keys, int items) {
    double expected = items / (double) keys;

    for (Eviction eviction : Eviction.values()) {
      Interval rate = simulated(KeyDistribution.uniform(keys), items, eviction);
      rate.assertHolds(expected);
    }
  }

  /**
   * King (1971), exactly: the most recent different keys are i, j, k with the probability p(i) p(j)
   * / (1 - p(i)) p(k) / (1 - p(i) - p(j)).
   */
  @Test
  void threeOfSixKeysAreFoundAsKingSays() {
    double[] p = zipf(6, 1);
    double expected = 0;
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        for (int k = 0; k < 6; k++) {
          if (i != j && j != k && i != k) {
            double chance = p[i] * p[j] / (1 - p[i]) * p[k] / (1 - p[i] - p[j]);
            expected += chance * (p[i] + p[j] + p[k]);
          }
        }
      }
    }
    double exact = expected;

    simulated(KeyDistribution.zipf(6, 1), 3, Eviction.LRU).assertHolds(exact);
  }

  /**
   * Che, Tung and Wang (2002): a key is there if it was asked for within the last T draws, where T
   * is such that as many keys are there on average as have room. With chance eviction a key stays
   * for an exponential time (Fricker, Robert and Roberts, 2012, who find errors well below 1 % of
   * requests): 0.005 are added to the interval of the sample.
   */
  @ParameterizedTest
  @CsvSource({
    "10000, 0.8, 500, LRU",
    "10000, 1, 500, LRU",
    "10000, 1.2, 100, LRU",
    "10000, 1, 500, RANDOM"
  })
  void zipfsKeysAreFoundAsCheSays(int keys, double exponent, int items, Eviction eviction) {
    double[] p = zipf(keys, exponent);
    double low = 0;
    double high = 1e12;
    for (int step = 0; step < 200; step++) {
      double middle = (low + high) / 2;
      double present = 0;
      for (double share : p) {
        present += presence(share * middle, eviction);
      }
      if (present < items) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double che = 0;
    for (double share : p) {
      che += share * presence(share * low, eviction);
    }

    Interval rate = simulated(KeyDistribution.zipf(keys, exponent), items, eviction);
    double middle = (rate.low() + rate.high()) / 2;
    assertThat(che).isCloseTo(middle, within((rate.high() - rate.low()) / 2 + 0.005));
  }

  /** The share of time that a key is there, asked for so often while another stays. */
  private static double presence(double asked, Eviction eviction) {
    return eviction == Eviction.LRU ? -Math.expm1(-asked) : asked / (1 + asked);
  }
}
