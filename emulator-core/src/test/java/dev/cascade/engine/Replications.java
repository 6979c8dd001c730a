package dev.cascade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Independent runs of one world, each with a seed of its own, and one number of each: by Student's
 * t they say where its expectation lies, with an error of one in 10,000.
 */
record Replications(double mean, double halfWidth) {
  /** Enough that Student's quantile, 4.9, is not far above the normal law's 3.9. */
  static final int COUNT = 20;

  private static final double ERROR = 1e-4;

  /** A wider interval would hold too many wrong answers as well to say anything. */
  private static final double WIDEST_SHARE = 0.2;

  /** The runs, in the order of their seeds, on as many cores as there are. */
  static <T> List<T> run(LongFunction<T> ofSeed) {
    return LongStream.rangeClosed(1, COUNT).parallel().mapToObj(ofSeed).toList();
  }

  /** One number of each run. */
  static <T> Replications of(List<T> runs, ToDoubleFunction<T> number) {
    double[] numbers = runs.stream().mapToDouble(number).toArray();
    double mean = Arrays.stream(numbers).average().orElseThrow();
    double squares = Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).sum();
    double quantile = TDistribution.of(numbers.length - 1.0).inverseSurvivalProbability(ERROR / 2);
    return new Replications(
        mean, quantile * Math.sqrt(squares / (numbers.length - 1) / numbers.length));
  }

  /**
   * Several systems, each with the same number of its runs over what is exact for it, so that 1 is
   * expected of all: their mean is known far better than any one of them, by Welch and
   * Satterthwaite, and an error that they share has nowhere to hide.
   */
  static Replications pooled(List<double[]> systems) {
    double mean = 0;
    double variance = 0;
    double squaredOverFreedom = 0;
    for (double[] runs : systems) {
      double own = Arrays.stream(runs).average().orElseThrow();
      double squares = Arrays.stream(runs).map(x -> (x - own) * (x - own)).sum();
      double share = squares / (runs.length - 1) / runs.length / systems.size() / systems.size();
      mean += own / systems.size();
      variance += share;
      squaredOverFreedom += share * share / (runs.length - 1);
    }
    double freedom = variance * variance / squaredOverFreedom;
    double quantile = TDistribution.of(freedom).inverseSurvivalProbability(ERROR / 2);
    return new Replications(mean, quantile * Math.sqrt(variance));
  }

  void assertMean(double exact) {
    assertThat(halfWidth)
        .as("half width, which is inconclusive if it is too large for %s", exact)
        .isLessThan(WIDEST_SHARE * exact);
    assertThat(mean).isBetween(exact - halfWidth, exact + halfWidth);
  }
}
