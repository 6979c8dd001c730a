package dev.cascade.models.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Where the expectation of independent observations lies, by Student's t, with an error of one in
 * 10,000: a wrong alarm in a hundred years of nightly builds of a few such tests.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {
  private static final double ERROR = 1e-4;

  /** A wider interval would hold too many wrong answers as well to say anything. */
  private static final double WIDEST_HALF = 0.2;

  /** The interval that the observations give. */
  public static Interval of(double... observations) {
    int n = observations.length;
    double mean = Arrays.stream(observations).average().orElseThrow();
    double squares = Arrays.stream(observations).map(x -> (x - mean) * (x - mean)).sum();
    double quantile = TDistribution.of(n - 1.0).inverseSurvivalProbability(ERROR / 2);
    double half = quantile * Math.sqrt(squares / (n - 1) / n);
    return new Interval(mean - half, mean + half);
  }

  /** Fails unless a value lies inside, and the interval is narrow enough to mean something. */
  public void assertHolds(double value) {
    assertThat((high - low) / 2)
        .as("half of %s, which is inconclusive if it is too wide for %s", this, value)
        .isLessThan(WIDEST_HALF * value);
    assertThat(value).isBetween(low, high);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.6g to %.6g", low, high);
  }
}
