package dev.cascade.property;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The exact confidence interval of a proportion (Clopper and Pearson 1934): it never covers less
 * than it promises, even for few runs, at the price of being wide.
 *
 * @param low the least proportion that is not excluded
 * @param high the greatest
 */
public record ClopperPearson(double low, double high) {
  /**
   * The interval after some runs.
   *
   * @param hits in how many it happened
   * @param runs how many there were, at least one
   * @param missLow the probability, at most, that the truth is below {@code low}
   * @param missHigh the probability, at most, that it is above {@code high}
   */
  public static ClopperPearson of(int hits, int runs, double missLow, double missHigh) {
    double low =
        hits == 0 || missLow == 0
            ? 0
            : BetaDistribution.of(hits, runs - hits + 1.0).inverseCumulativeProbability(missLow);
    double high =
        hits == runs || missHigh == 0
            ? 1
            : BetaDistribution.of(hits + 1.0, runs - hits).inverseSurvivalProbability(missHigh);
    return new ClopperPearson(low, high);
  }
}
