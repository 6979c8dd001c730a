package dev.cascade.property;

import dev.cascade.metrics.Range;
import dev.cascade.metrics.Readings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One tick, as expressions see it. Properties share it, so that what several of them ask is read
 * once.
 */
final class TickView {
  private final @Nullable Readings readings;
  private final int tick;
  private final List<Occurrence> occurrences;
  private final boolean end;
  private final Map<Quantity.Read, Optional<Range>> known = new HashMap<>();

  private TickView(
      @Nullable Readings readings, int tick, List<Occurrence> occurrences, boolean end) {
    this.readings = readings;
    this.tick = tick;
    this.occurrences = occurrences;
    this.end = end;
  }

  /** All of a tick, with what happened in it. */
  static TickView during(Readings readings, int tick, List<Occurrence> occurrences) {
    return new TickView(readings, tick, occurrences, false);
  }

  /** The last instant of a tick: a gauge is one number. */
  static TickView endOf(Readings readings, int tick) {
    return new TickView(readings, tick, List.of(), true);
  }

  /** Any moment of any run: each number is all that it could be, each event may have happened. */
  static TickView any() {
    return new TickView(null, 0, List.of(), false);
  }

  boolean isAny() {
    return readings == null;
  }

  Readings readings() {
    return Objects.requireNonNull(readings);
  }

  int tick() {
    return tick;
  }

  Range seconds() {
    return isAny()
        ? Range.NOT_NEGATIVE
        : Range.of((double) readings().store().timeNanos(tick) / 1e9);
  }

  List<Occurrence> occurrences() {
    return occurrences;
  }

  /** Whether gauges are their last values, not all they were in the tick. */
  boolean atEnd() {
    return end;
  }

  @Nullable Range of(Quantity.Read read) {
    if (isAny()) {
      return read.possible();
    }
    Optional<Range> found = known.get(read);
    if (found == null) {
      found = Optional.ofNullable(read.from(this));
      known.put(read, found);
    }
    return found.orElse(null);
  }
}
