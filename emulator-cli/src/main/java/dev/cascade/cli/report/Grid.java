package dev.cascade.cli.report;

import dev.cascade.metrics.SeriesStore;

/**
 * The points in time that a page's lines have: the ticks of the run, or stretches of as many ticks
 * each where there are too many to be seen. Each column of a line keeps the extremes within a
 * stretch, so that no spike is lost.
 */
final class Grid {
  private static final double NANOS_PER_SECOND = 1e9;

  private final SeriesStore store;
  private final int ticksEach;

  /**
   * A grid over all ticks of a run.
   *
   * @param pointsMax as many points at most
   */
  static Grid of(SeriesStore store, int pointsMax) {
    return new Grid(store, ticksEach(store.ticks(), pointsMax));
  }

  /**
   * A grid of points of so many ticks each: for runs that are to have the same points, though one
   * of them ended early.
   */
  Grid(SeriesStore store, int ticksEach) {
    this.store = store;
    this.ticksEach = ticksEach;
  }

  /** How many ticks a point must have for so many points at most. */
  static int ticksEach(int ticks, int pointsMax) {
    return Math.max(1, (ticks + pointsMax - 1) / pointsMax);
  }

  int points() {
    return (store.ticks() + ticksEach - 1) / ticksEach;
  }

  int ticks() {
    return store.ticks();
  }

  /** Whether a point is a tick. */
  boolean isExact() {
    return ticksEach == 1;
  }

  /** The point that a tick belongs to. */
  int pointOf(int tick) {
    return tick / ticksEach;
  }

  /** The last tick before a point's. */
  int after(int point) {
    return point * ticksEach - 1;
  }

  /** The last tick of a point. */
  int until(int point) {
    return Math.min(store.ticks(), (point + 1) * ticksEach) - 1;
  }

  /** How long a stretch of ticks is, in seconds. */
  double secondsBetween(int afterTick, int untilTick) {
    return (store.timeNanos(untilTick) - store.timeNanos(afterTick)) / NANOS_PER_SECOND;
  }

  /** When the points end, in seconds. */
  double[] times() {
    double[] times = new double[points()];
    for (int point = 0; point < times.length; point++) {
      times[point] = store.timeNanos(until(point)) / NANOS_PER_SECOND;
    }
    return times;
  }
}
