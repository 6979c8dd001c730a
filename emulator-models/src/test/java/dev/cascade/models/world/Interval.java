package dev.cascade.models.world;

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

  /** The interval that the observations give. */
  public static Interval of(double... observations) {
    int n = observations.length;
    double mean = Arrays.stream(observations).average().orElseThrow();
    double squares = Arrays.stream(observations).map(x -> (x - mean) * (x - mean)).sum();
    double quantile = TDistribution.of(n - 1.0).inverseSurvivalProbability(ERROR / 2);
    double half = quantile * Math.sqrt(squares / (n - 1) / n);
    return new Interval(mean - half, mean + half);
  }

  /** Whether a value lies inside, and the interval is narrow enough to mean something. */
  public boolean holds(double value) {
    return low <= value && value <= high && high - low < value;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.6g to %.6g", low, high);
  }
}
