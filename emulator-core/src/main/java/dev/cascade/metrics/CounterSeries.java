package dev.cascade.metrics;

import dev.cascade.node.MetricInfo;

/** A counter's history over all hosts. */
public final class CounterSeries extends Series {
  private final LongColumn totals = new LongColumn();
  private long gathered;

  CounterSeries(SeriesKey key) {
    super(key);
  }

  @Override
  public MetricInfo.Kind kind() {
    return MetricInfo.Kind.COUNTER;
  }

  /** The count since the start of the run, at a tick; 0 before the first. */
  public long totalAt(int tick) {
    int change = changeAt(tick);
    return change < 0 ? 0 : totals.get(change);
  }

  @Override
  void gather(Instrument instrument) {
    gathered += ((Instrument.CounterCell) instrument).delta;
  }

  @Override
  void commit(int tick) {
    if (gathered != 0) {
      append(tick, totals.last() + gathered);
      gathered = 0;
    }
  }

  void append(int tick, long total) {
    ticks.add(tick);
    totals.add(total);
  }
}
