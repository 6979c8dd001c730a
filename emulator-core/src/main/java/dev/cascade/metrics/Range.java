package dev.cascade.metrics;

/**
 * All that a number was within one tick, or may have been.
 *
 * @param min its least value
 * @param max its greatest value
 */
public record Range(double min, double max) {
  /** A number that was the same all the time. */
  public static Range of(double value) {
    return new Range(value, value);
  }
}
