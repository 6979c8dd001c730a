package dev.cascade.models.sparta;

import dev.cascade.random.RandomStream;
import java.time.Duration;

/**
 * A time between two bounds, each as likely, in units of the pace.
 *
 * @param min the least
 * @param max the greatest
 */
public record Span(double min, double max) {
  public Span {
    if (!(min >= 0 && max >= min && max < 1e6)) {
      throw new IllegalArgumentException(
          "The min (%s) and the max (%s) must be numbers of units, the lesser first. Maybe {min: 0.2, max: 2}?"
              .formatted(min, max));
    }
  }

  /** Draws one. */
  public Duration sample(RandomStream random, Duration unit) {
    return Duration.ofNanos(Math.round((min + (max - min) * random.nextDouble()) * unit.toNanos()));
  }
}
