package dev.cascade.models.keys;

import dev.cascade.random.RandomStream;
import java.util.Arrays;

/** Draws keys, 0 the most popular. */
public final class Keys {
  private final KeyDistribution config;
  private final int count;
  private final double[] upTo; // the share of draws up to each key, of Zipf's law

  /** Keys of a distribution. */
  public Keys(KeyDistribution config) {
    this.config = config;
    this.count = config.count();
    this.upTo = new double[config.distribution() == KeyDistribution.Law.ZIPF ? count : 0];
    double total = 0;
    for (int key = 0; key < upTo.length; key++) {
      total += StrictMath.pow(key + 1.0, -config.exponent());
      upTo[key] = total;
    }
    for (int key = 0; key < upTo.length; key++) {
      upTo[key] /= total;
    }
  }

  /** One key. */
  public int draw(RandomStream random) {
    return switch (config.distribution()) {
      case UNIFORM -> random.nextInt(count);
      case ZIPF -> {
        int found = Arrays.binarySearch(upTo, random.nextDouble());
        yield Math.min(count - 1, found < 0 ? -found - 1 : found + 1);
      }
      case HOTSPOT -> {
        int hot = config.hot();
        boolean isHot = hot == count || random.chance(config.hotspotOpnFraction().value());
        yield isHot ? random.nextInt(hot) : hot + random.nextInt(count - hot);
      }
    };
  }
}
