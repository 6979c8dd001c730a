package dev.cascade.metrics;

import java.util.List;

/**
 * What the durations of some histograms were over a stretch of ticks, which moves forward.
 * Quantiles are at most 0.1 % above the exact ones.
 */
public final class DurationQuantiles {
  private static final double NANOS_PER_SECOND = 1e9;

  private final List<Series> series;
  private final HistogramWindow window = new HistogramWindow();
  private BucketCounts counts = new BucketCounts();

  /** Of all durations that these histograms took. */
  public DurationQuantiles(List<HistogramSeries> series) {
    this.series = List.copyOf(series);
  }

  /**
   * Moves to other ticks.
   *
   * @param after the last tick left out
   * @param until the last tick taken in
   * @return how many durations there were
   */
  public long moveTo(int after, int until) {
    counts = window.moveTo(after, until, series);
    return counts.total();
  }

  /**
   * A quantile in seconds; there must have been a duration.
   *
   * @param quantile 0 to 1; 1 is the longest
   */
  public double seconds(double quantile) {
    return (double) counts.quantileNanos(quantile) / NANOS_PER_SECOND;
  }
}
