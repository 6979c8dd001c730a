package dev.cascade.metrics;

/**
 * All that a number was within one tick, or may have been.
 *
 * @param min its least value
 * @param max its greatest value
 */
public record Range(double min, double max) {
  /** Any number at all. */
  public static final Range ANYTHING =
      new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** What counters, durations and shares are. */
  public static final Range NOT_NEGATIVE = new Range(0, Double.POSITIVE_INFINITY);

  /** A number that was the same all the time. */
  public static Range of(double value) {
    return new Range(value, value);
  }
}
