package dev.cascade.metrics;

import dev.cascade.node.MetricInfo;
import org.jspecify.annotations.Nullable;

/** A histogram's history over all hosts: for each tick the buckets that were hit, in few bytes. */
public final class HistogramSeries extends Series {
  private final LongColumn counts = new LongColumn();
  private final LongColumn sums = new LongColumn();
  private final LongColumn ends = new LongColumn();
  private final VarBytes buckets = new VarBytes();
  private @Nullable BucketDelta gathered;

  HistogramSeries(SeriesKey key) {
    super(key);
  }

  @Override
  public MetricInfo.Kind kind() {
    return MetricInfo.Kind.HISTOGRAM;
  }

  /** How many durations there were since the start of the run, at a tick. */
  public long countAt(int tick) {
    int change = changeAt(tick);
    return change < 0 ? 0 : counts.get(change);
  }

  /** The sum of all durations since the start of the run, at a tick. */
  public long sumNanosAt(int tick) {
    int change = changeAt(tick);
    return change < 0 ? 0 : sums.get(change);
  }

  @Override
  void gather(Instrument instrument) {
    BucketDelta delta = ((Instrument.HistogramCell) instrument).delta();
    gathered = gathered == null ? delta : gathered.plus(delta);
  }

  @Override
  void commit(int tick) {
    BucketDelta delta = gathered;
    gathered = null;
    if (delta != null && delta.size() > 0) {
      append(tick, delta);
    }
  }

  void append(int tick, BucketDelta delta) {
    ticks.add(tick);
    counts.add(counts.last() + delta.count());
    sums.add(sums.last() + delta.sumNanos());
    int before = 0;
    for (int i = 0; i < delta.size(); i++) {
      buckets.put(delta.index(i) - before);
      buckets.put(delta.count(i));
      before = delta.index(i);
    }
    ends.add(buckets.size());
  }

  /** Takes one bucket and how often it was hit. */
  interface BucketVisitor {
    void bucket(int index, long count);
  }

  /** Shows the buckets that were hit in one change, ascending. */
  void forEachBucket(int change, BucketVisitor visitor) {
    VarBytes.Reader reader = buckets.reader(start(change), (int) ends.get(change));
    int index = 0;
    while (reader.hasMore()) {
      index += (int) reader.next();
      visitor.bucket(index, reader.next());
    }
  }

  /** Adds one change to counts, or takes it away. */
  void addTo(BucketCounts target, int change, int sign) {
    forEachBucket(change, (index, count) -> target.add(index, sign * count));
    target.addSum(sign * sumNanosOf(change));
  }

  /** One change. */
  BucketDelta delta(int change) {
    IntColumn indexes = new IntColumn();
    LongColumn hits = new LongColumn();
    forEachBucket(
        change,
        (index, count) -> {
          indexes.add(index);
          hits.add(count);
        });
    return new BucketDelta(indexes.toArray(), hits.toArray(), sumNanosOf(change));
  }

  /** The sum of the durations of one change. */
  long sumNanosOf(int change) {
    return sums.get(change) - (change == 0 ? 0 : sums.get(change - 1));
  }

  private int start(int change) {
    return change == 0 ? 0 : (int) ends.get(change - 1);
  }
}
