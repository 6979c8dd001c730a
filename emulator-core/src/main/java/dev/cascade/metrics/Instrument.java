package dev.cascade.metrics;

import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One series of one shard since the last tick. The first touch in a tick puts it on the registry's
 * list, so that a tick costs what was touched; every other touch is a field write.
 */
abstract sealed class Instrument {
  final SeriesKey key;

  /** Where the last tick put it; found by name only once. */
  @Nullable Series series;

  private final List<Instrument> touchedInTick;
  private boolean touched;

  private Instrument(SeriesKey key, List<Instrument> touchedInTick) {
    this.key = key;
    this.touchedInTick = touchedInTick;
  }

  abstract MetricInfo.Kind kind();

  final void touch() {
    if (!touched) {
      touched = true;
      touchedInTick.add(this);
    }
  }

  /** Starts a new tick. */
  void drained() {
    touched = false;
  }

  /** Adds up since the last tick. */
  static final class CounterCell extends Instrument implements Metrics.Counter {
    long delta;

    CounterCell(SeriesKey key, List<Instrument> touchedInTick) {
      super(key, touchedInTick);
    }

    @Override
    MetricInfo.Kind kind() {
      return MetricInfo.Kind.COUNTER;
    }

    @Override
    public void add(long amount) {
      if (amount < 0) {
        throw new IllegalArgumentException(
            "The counter %s only grows; it cannot take (%d). Maybe it should be a gauge."
                .formatted(key, amount));
      }
      delta += amount;
      touch();
    }

    @Override
    void drained() {
      super.drained();
      delta = 0;
    }
  }

  /** Keeps its last value, and the least and greatest since the last tick, that tick's included. */
  static final class GaugeCell extends Instrument implements Metrics.Gauge {
    /** NaN while nobody has set it, and after it ended. */
    double last = Double.NaN;

    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;

    /** How many users of the registry hold it: it ends with the last of them. */
    int holders;

    GaugeCell(SeriesKey key, List<Instrument> touchedInTick) {
      super(key, touchedInTick);
    }

    @Override
    MetricInfo.Kind kind() {
      return MetricInfo.Kind.GAUGE;
    }

    @Override
    public void set(double value) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "The gauge %s takes finite numbers, not (%s). Maybe a division by zero."
                .formatted(key, value));
      }
      last = value;
      min = Math.min(min, value);
      max = Math.max(max, value);
      touch();
    }

    @Override
    public void add(double amount) {
      set(Double.isNaN(last) ? amount : last + amount);
    }

    void end() {
      last = Double.NaN;
      touch();
    }

    @Override
    void drained() {
      super.drained();
      boolean ended = Double.isNaN(last);
      min = ended ? Double.POSITIVE_INFINITY : last;
      max = ended ? Double.NEGATIVE_INFINITY : last;
    }
  }

  /** Counts durations by bucket; a tick costs the buckets that were hit, not those there are. */
  static final class HistogramCell extends Instrument implements Metrics.Histogram {
    private final int[][] groups = new int[DurationBuckets.GROUPS][];
    private int[] hit = new int[16];
    private int hits;
    private long sumNanos;

    HistogramCell(SeriesKey key, List<Instrument> touchedInTick) {
      super(key, touchedInTick);
    }

    @Override
    MetricInfo.Kind kind() {
      return MetricInfo.Kind.HISTOGRAM;
    }

    @Override
    public void recordNanos(long nanos) {
      if (nanos < 0) {
        throw new IllegalArgumentException(
            "The histogram %s takes no negative duration (%d ns). Maybe the ends are exchanged, or the clock is skewed."
                .formatted(key, nanos));
      }
      int index = DurationBuckets.indexOf(nanos);
      int[] group = groups[index >>> DurationBuckets.HALF_MAGNITUDE];
      if (group == null) {
        group = new int[DurationBuckets.HALF];
        groups[index >>> DurationBuckets.HALF_MAGNITUDE] = group;
      }
      if (group[index & (DurationBuckets.HALF - 1)]++ == 0) {
        hit(index);
      }
      sumNanos += nanos;
      touch();
    }

    private void hit(int index) {
      if (hits == hit.length) {
        hit = Arrays.copyOf(hit, 2 * hits);
      }
      hit[hits++] = index;
    }

    BucketDelta delta() {
      int[] indexes = Arrays.copyOf(hit, hits);
      Arrays.sort(indexes);
      long[] counts = new long[hits];
      for (int i = 0; i < hits; i++) {
        counts[i] =
            groups[indexes[i] >>> DurationBuckets.HALF_MAGNITUDE][
                indexes[i] & (DurationBuckets.HALF - 1)];
      }
      return new BucketDelta(indexes, counts, sumNanos);
    }

    @Override
    void drained() {
      super.drained();
      for (int i = 0; i < hits; i++) {
        groups[hit[i] >>> DurationBuckets.HALF_MAGNITUDE][hit[i] & (DurationBuckets.HALF - 1)] = 0;
      }
      hits = 0;
      sumNanos = 0;
    }
  }
}
