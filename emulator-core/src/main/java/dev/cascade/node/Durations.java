package dev.cascade.node;

import dev.cascade.random.DurationText;
import java.time.Duration;

/** What configurations ask of durations. */
public final class Durations {
  private Durations() {}

  /** What happens every so often must not happen without end in one instant. */
  public static void requirePositive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          "The "
              + key
              + " ("
              + DurationText.format(value)
              + ") must be longer than zero. Maybe 1s?");
    }
  }
}
