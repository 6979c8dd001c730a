package dev.cascade.testkit;

import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Decides from one run after the other on which side of a rate the truth lies, with as few runs as
 * it takes: looking after every run does not make it more often wrong than it promises.
 *
 * <p>For each side it bets against the other: the mean likelihood of what was seen over all rates
 * on this side, as against the rate itself. If the truth is on the other side that ratio exceeds
 * 1/α with a probability of α at most, however long one looks (Ville 1939; Robbins 1970).
 */
final class SequentialTest {
  /** What is known so far. */
  enum Side {
    AT_LEAST,
    BELOW,
    UNDECIDED
  }

  private final double rate;
  private final double error;
  private int hits;
  private int misses;

  /**
   * A test of a rate.
   *
   * @param rate above 0 and below 1
   * @param confidence how sure one must be, 0.5 or more and below 1
   */
  SequentialTest(double rate, double confidence) {
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "The rate (" + rate + ") must lie between 0 and 1; no number of runs shows all or none.");
    }
    if (!(confidence >= 0.5 && confidence < 1)) {
      throw new IllegalArgumentException(
          "The confidence (" + confidence + ") must be at least 0.5 and below 1. Maybe 0.99?");
    }
    this.rate = rate;
    this.error = 1 - confidence;
  }

  void add(boolean hit) {
    if (hit) {
      hits++;
    } else {
      misses++;
    }
  }

  int runs() {
    return hits + misses;
  }

  int hits() {
    return hits;
  }

  Side side() {
    double needed = -Math.log(error);
    BetaDistribution likely = BetaDistribution.of(hits + 1.0, misses + 1.0);
    double all =
        LogBeta.value(hits + 1.0, misses + 1.0)
            - hits * Math.log(rate)
            - misses * Math.log1p(-rate);
    if (all + Math.log(likely.survivalProbability(rate)) - Math.log1p(-rate) >= needed) {
      return Side.AT_LEAST;
    }
    if (all + Math.log(likely.cumulativeProbability(rate)) - Math.log(rate) >= needed) {
      return Side.BELOW;
    }
    return Side.UNDECIDED;
  }
}
