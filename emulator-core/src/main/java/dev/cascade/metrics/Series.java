package dev.cascade.metrics;

import dev.cascade.node.MetricInfo;

/** The history of one series: only the ticks at which it changed are kept. */
public abstract sealed class Series permits CounterSeries, GaugeSeries, HistogramSeries {
  private final SeriesKey key;

  /** The ticks at which it changed, ascending. */
  final IntColumn ticks = new IntColumn();

  Series(SeriesKey key) {
    this.key = key;
  }

  /** Its name and labels. */
  public final SeriesKey key() {
    return key;
  }

  /** What kind of series it is. */
  public abstract MetricInfo.Kind kind();

  /** How many changes are kept. */
  public final int changes() {
    return ticks.size();
  }

  /** The tick of a change, from 0. */
  public final int tickOf(int change) {
    return ticks.get(change);
  }

  /** The last change at or before a tick, or -1. */
  public final int changeAt(int tick) {
    return ticks.lastAtOrBefore(tick);
  }

  /** Adds what an instrument of one shard saw in this tick. */
  abstract void gather(Instrument instrument);

  /** Keeps what was gathered, if it is a change. */
  abstract void commit(int tick);
}
