package dev.cascade.models.sparta;

import dev.cascade.random.RandomStream;
import java.time.Duration;

/**
 * A lognormal time, in units of the pace.
 *
 * @param mean its mean
 * @param sigma the deviation of its logarithm
 */
public record WorkTime(double mean, double sigma) {
  public WorkTime {
    if (!(mean > 0 && mean < 1e6)) {
      throw new IllegalArgumentException(
          "The mean (" + mean + ") must be a positive number of units. Maybe 0.45?");
    }
    if (!(sigma >= 0 && sigma <= 3)) {
      throw new IllegalArgumentException("The sigma (" + sigma + ") must be 0 to 3. Maybe 0.6?");
    }
  }

  /** Draws one. */
  Duration sample(RandomStream random, Duration unit) {
    double exponent = sigma * random.nextGaussian() - sigma * sigma / 2;
    return Duration.ofNanos(Math.round(mean * StrictMath.exp(exponent) * unit.toNanos()));
  }
}
