package dev.cascade.metrics;

import java.util.List;

/**
 * The durations of some series over ticks that move forward: a step adds the new ticks and takes
 * the old ones away, so that a long window costs no more than a short one.
 */
final class HistogramWindow {
  private BucketCounts counts = new BucketCounts();
  private int after = -1;
  private int until = -1;

  /**
   * Moves to other ticks.
   *
   * @param newAfter the last tick left out
   * @param newUntil the last tick taken in
   */
  BucketCounts moveTo(int newAfter, int newUntil, List<Series> series) {
    if (newAfter < after || newUntil < until || newAfter >= until) {
      counts = new BucketCounts();
      after = newAfter;
      until = newAfter;
    }
    for (Series each : series) {
      // A series that is new since the last step has nothing in the ticks taken away.
      change((HistogramSeries) each, until, newUntil, 1);
      change((HistogramSeries) each, after, newAfter, -1);
    }
    after = newAfter;
    until = newUntil;
    return counts;
  }

  private void change(HistogramSeries series, int afterTick, int untilTick, int sign) {
    int last = series.changeAt(untilTick);
    for (int change = series.changeAt(afterTick) + 1; change <= last; change++) {
      series.addTo(counts, change, sign);
    }
  }
}
