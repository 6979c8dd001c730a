package dev.cascade.cli.sweep;

import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * The mean of a number over seeds, and where the true mean lies with 95 % confidence: Student's
 * interval, which takes the means of runs as normal. Of numbers that are never negative it ends at
 * 0.
 *
 * @param mean over the runs
 * @param low the interval's lower end; the mean if there is one run
 * @param high its upper end
 * @param runs how many there are
 */
public record Band(double mean, double low, double high, int runs) {
  /** The confidence of the interval. */
  public static final double CONFIDENCE = 0.95;

  /** Of these numbers; null if there is none. */
  public static @Nullable Band of(List<Double> numbers) {
    int runs = numbers.size();
    if (runs == 0) {
      return null;
    }
    double mean = numbers.stream().mapToDouble(Double::doubleValue).sum() / runs;
    if (runs == 1) {
      return new Band(mean, mean, mean, 1);
    }
    double squares = 0;
    for (double number : numbers) {
      squares += (number - mean) * (number - mean);
    }
    double half =
        TDistribution.of(runs - 1).inverseSurvivalProbability((1 - CONFIDENCE) / 2)
            * Math.sqrt(squares / (runs - 1) / runs);
    boolean negative = numbers.stream().anyMatch(number -> number < 0);
    return new Band(mean, negative ? mean - half : Math.max(0, mean - half), mean + half, runs);
  }
}
