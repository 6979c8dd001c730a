package dev.cascade.metrics;

import dev.cascade.node.MetricInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers read from a store, at a tick or over a window that ends with it. What happened before the
 * measured part of the run is left out of every window; null says that there was no data.
 *
 * <p>A window begins at the last tick at or before its start. A counter that nobody has touched is
 * 0, as all that happened was counted; a gauge that nobody has set is no data.
 */
public final class Readings {
  /** The window that reaches back to the start of the measured part. */
  public static final long WHOLE_RUN = Long.MAX_VALUE;

  private static final double NANOS_PER_SECOND = 1e9;

  private final SeriesStore store;
  private final long measuredFromNanos;

  private final Map<Selector, Matched> matched = new HashMap<>();
  private final Map<Window, HistogramWindow> windows = new HashMap<>();

  /** The series that a selector chose when its metric had so many. */
  private record Matched(int familySize, List<Series> series) {}

  private record Window(Selector selector, long nanos) {}

  /**
   * Readings of the part of a run after its warm-up.
   *
   * @param measuredFromNanos where the measured part starts
   */
  public Readings(SeriesStore store, long measuredFromNanos) {
    this.store = store;
    this.measuredFromNanos = measuredFromNanos;
  }

  /** The store that is read. */
  public SeriesStore store() {
    return store;
  }

  /** Where the measured part starts. */
  public long measuredFromNanos() {
    return measuredFromNanos;
  }

  /** The series that a selector chooses, in their order. */
  public List<Series> matching(Selector selector) {
    return choose(selector).series();
  }

  private List<Series> matching(Selector selector, MetricInfo.Kind kind) {
    List<Series> series = matching(selector);
    if (!series.isEmpty() && series.get(0).kind() != kind) {
      throw new IllegalStateException(
          "The metric %s is read as a %s, and was recorded as a %s. Maybe its model declares it otherwise than it uses it."
              .formatted(selector.name(), kind, series.get(0).kind()));
    }
    return series;
  }

  private Matched choose(Selector selector) {
    int familySize = store.familySize(selector.name());
    Matched known = matched.get(selector);
    if (known == null || known.familySize() != familySize) {
      List<Series> chosen = new ArrayList<>();
      for (Series series : store.family(selector.name())) {
        if (selector.matches(series.key())) {
          chosen.add(series);
        }
      }
      known = new Matched(familySize, chosen);
      matched.put(selector, known);
    }
    return known;
  }

  /** How many gauges have a value at a tick. */
  public int gauges(Selector selector, int tick) {
    int count = 0;
    for (Series series : matching(selector, MetricInfo.Kind.GAUGE)) {
      count += Double.isNaN(((GaugeSeries) series).minAt(tick)) ? 0 : 1;
    }
    return count;
  }

  /**
   * What a gauge was within a tick.
   *
   * @param aggregation how to make one number of several gauges; null if there must be only one
   */
  public @Nullable Range gauge(Selector selector, int tick, @Nullable Aggregation aggregation) {
    Aggregation.Running min = start(aggregation);
    Aggregation.Running max = start(aggregation);
    SeriesKey first = null;
    for (Series series : matching(selector, MetricInfo.Kind.GAUGE)) {
      GaugeSeries gauge = (GaugeSeries) series;
      int change = gauge.changeAt(tick);
      double least = gauge.minOf(change, tick);
      if (!Double.isNaN(least)) {
        first = onlyOne(selector, first, series.key(), aggregation);
        min.add(least);
        max.add(gauge.maxOf(change, tick));
      }
    }
    return first == null ? null : new Range(min.result(), max.result());
  }

  /** What a gauge was at the end of a tick; as {@link #gauge}. */
  public @Nullable Double gaugeAtEnd(
      Selector selector, int tick, @Nullable Aggregation aggregation) {
    Aggregation.Running running = start(aggregation);
    SeriesKey first = null;
    for (Series series : matching(selector, MetricInfo.Kind.GAUGE)) {
      double last = ((GaugeSeries) series).lastAt(tick);
      if (!Double.isNaN(last)) {
        first = onlyOne(selector, first, series.key(), aggregation);
        running.add(last);
      }
    }
    return first == null ? null : (Double) running.result();
  }

  private static Aggregation.Running start(@Nullable Aggregation aggregation) {
    return (aggregation == null ? Aggregation.SUM : aggregation).start();
  }

  private static SeriesKey onlyOne(
      Selector selector,
      @Nullable SeriesKey first,
      SeriesKey next,
      @Nullable Aggregation aggregation) {
    if (aggregation == null && first != null) {
      throw new SeveralSeriesException(selector, first, next);
    }
    return next;
  }

  /**
   * How much a counter grew over a window.
   *
   * @param aggregation how to make one number of several counters; null if there must be only one
   */
  public @Nullable Double increase(
      Selector selector, int tick, long windowNanos, @Nullable Aggregation aggregation) {
    int start = startOf(tick, windowNanos);
    if (start >= tick) {
      return null;
    }
    List<Series> counters = matching(selector, MetricInfo.Kind.COUNTER);
    Aggregation.Running running = start(aggregation);
    SeriesKey first = null;
    for (Series series : counters) {
      first = onlyOne(selector, first, series.key(), aggregation);
      running.add((double) increase((CounterSeries) series, start, tick));
    }
    return running.count() == 0 ? 0.0 : running.result();
  }

  /** {@link #increase} for each second of the window, as far as it lies in the measured part. */
  public @Nullable Double rate(
      Selector selector, int tick, long windowNanos, @Nullable Aggregation aggregation) {
    Double increase = increase(selector, tick, windowNanos, aggregation);
    if (increase == null) {
      return null;
    }
    long elapsed = store.timeNanos(tick) - store.timeNanos(startOf(tick, windowNanos));
    return increase / ((double) elapsed / NANOS_PER_SECOND);
  }

  /**
   * How much some counters grew, as a part of how much others did; no data if those did not grow.
   * Each side adds up all its counters.
   */
  public @Nullable Double ratio(Selector part, Selector whole, int tick, long windowNanos) {
    Double below = increase(whole, tick, windowNanos, Aggregation.SUM);
    Double above = increase(part, tick, windowNanos, Aggregation.SUM);
    return above == null || below == null || below == 0 ? null : above / below;
  }

  /** How many durations all the histograms took over a window. */
  public @Nullable Double count(Selector selector, int tick, long windowNanos) {
    int start = startOf(tick, windowNanos);
    if (start >= tick) {
      return null;
    }
    long count = 0;
    for (Series series : matching(selector, MetricInfo.Kind.HISTOGRAM)) {
      HistogramSeries histogram = (HistogramSeries) series;
      count += histogram.countAt(tick) - histogram.countAt(start);
    }
    return (double) count;
  }

  /** The mean of all durations that the histograms took over a window, in seconds. */
  public @Nullable Double meanSeconds(Selector selector, int tick, long windowNanos) {
    Double count = count(selector, tick, windowNanos);
    if (count == null || count == 0) {
      return null;
    }
    int start = startOf(tick, windowNanos);
    long sum = 0;
    for (Series series : matching(selector, MetricInfo.Kind.HISTOGRAM)) {
      HistogramSeries histogram = (HistogramSeries) series;
      sum += histogram.sumNanosAt(tick) - histogram.sumNanosAt(start);
    }
    return (double) sum / NANOS_PER_SECOND / count;
  }

  /**
   * A quantile of all durations that the histograms took over a window, in seconds: at most 0.1 %
   * above the exact one.
   *
   * @param quantile 0 to 1
   */
  public @Nullable Double quantileSeconds(
      double quantile, Selector selector, int tick, long windowNanos) {
    int start = startOf(tick, windowNanos);
    if (start >= tick) {
      return null;
    }
    BucketCounts counts =
        windows
            .computeIfAbsent(new Window(selector, windowNanos), window -> new HistogramWindow())
            .moveTo(start, tick, matching(selector, MetricInfo.Kind.HISTOGRAM));
    return counts.total() == 0 ? null : (double) counts.quantileNanos(quantile) / NANOS_PER_SECOND;
  }

  /** The last tick before a window, which does not reach into the warm-up. */
  private int startOf(int tick, long windowNanos) {
    long end = store.timeNanos(tick);
    int asked = windowNanos >= end ? -1 : store.tickAtOrBefore(end - windowNanos);
    int warm = measuredFromNanos <= 0 ? -1 : store.tickAtOrBefore(measuredFromNanos - 1) + 1;
    return Math.max(asked, warm);
  }

  private static long increase(CounterSeries counter, int start, int end) {
    return counter.totalAt(end) - counter.totalAt(start);
  }
}
