package dev.cascade.models.database;

import dev.cascade.random.RandomStream;
import java.util.Arrays;

/** Draws keys, 0 the most popular. */
final class Keys {
  private final double[] upTo; // the share of draws up to each key; empty if all are as likely
  private final int count;

  Keys(RowLock lock) {
    this.count = lock.keys();
    this.upTo = new double[lock.distribution() == RowLock.Distribution.UNIFORM ? 0 : count];
    double total = 0;
    for (int key = 0; key < upTo.length; key++) {
      total += StrictMath.pow(key + 1.0, -lock.exponent());
      upTo[key] = total;
    }
    for (int key = 0; key < upTo.length; key++) {
      upTo[key] /= total;
    }
  }

  int draw(RandomStream random) {
    if (upTo.length == 0) {
      return random.nextInt(count);
    }
    int found = Arrays.binarySearch(upTo, random.nextDouble());
    return Math.min(count - 1, found < 0 ? -found - 1 : found + 1);
  }
}
