package dev.cascade.metrics;

import dev.cascade.node.MetricInfo;
import org.jspecify.annotations.Nullable;

/**
 * One host's gauge over the run. A tick's least and greatest value include the one it began with,
 * and values that lasted no time; where there was none they are NaN.
 */
public final class GaugeSeries extends Series {
  private final DoubleColumn mins = new DoubleColumn();
  private final DoubleColumn maxs = new DoubleColumn();
  private final DoubleColumn lasts = new DoubleColumn();
  private Instrument.@Nullable GaugeCell gathered;

  GaugeSeries(SeriesKey key) {
    super(key);
  }

  @Override
  public MetricInfo.Kind kind() {
    return MetricInfo.Kind.GAUGE;
  }

  /** The least value within a tick. */
  public double minAt(int tick) {
    return minOf(changeAt(tick), tick);
  }

  /** The greatest value within a tick. */
  public double maxAt(int tick) {
    return maxOf(changeAt(tick), tick);
  }

  /** The value at the end of a tick. */
  public double lastAt(int tick) {
    return lastOf(changeAt(tick));
  }

  /** The least value within a tick, by the last change up to it. */
  double minOf(int change, int tick) {
    return changedIn(change, tick) ? mins.get(change) : lastOf(change);
  }

  /** The greatest value within a tick, by the last change up to it. */
  double maxOf(int change, int tick) {
    return changedIn(change, tick) ? maxs.get(change) : lastOf(change);
  }

  private double lastOf(int change) {
    return change < 0 ? Double.NaN : lasts.get(change);
  }

  private boolean changedIn(int change, int tick) {
    return change >= 0 && tickOf(change) == tick;
  }

  @Override
  void gather(Instrument instrument) {
    if (gathered != null) {
      throw new IllegalStateException(
          "The gauge %s came from two shards. A host belongs to one.".formatted(key()));
    }
    gathered = (Instrument.GaugeCell) instrument;
  }

  @Override
  void commit(int tick) {
    Instrument.GaugeCell cell = gathered;
    if (cell == null) {
      return;
    }
    gathered = null;
    boolean never = cell.min > cell.max;
    double before = lastAt(tick);
    boolean same = cell.min == cell.max && cell.last == before;
    if (!never && !same) {
      append(tick, cell.min, cell.max, cell.last);
    }
  }

  void append(int tick, double min, double max, double last) {
    ticks.add(tick);
    mins.add(min);
    maxs.add(max);
    lasts.add(last);
  }
}
