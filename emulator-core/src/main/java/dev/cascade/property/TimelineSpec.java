package dev.cascade.property;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A post-mortem's timeline, in its order.
 *
 * @param entries the first is where the post-mortem's clock and the run's meet
 */
public record TimelineSpec(List<TimelineEntry> entries) {
  /** Nothing to compare a run with. */
  public static final TimelineSpec NONE = new TimelineSpec(List.of());

  /** As wide as the tolerance of facts that a text gives in round minutes may be. */
  private static final int TOLERANCE_PARTS = 4;

  public TimelineSpec {
    entries = List.copyOf(entries);
  }

  /** How long after the first entry the post-mortem has each, in their order. */
  public List<Duration> sinceFirst() {
    List<Duration> times = new ArrayList<>();
    Duration before = Duration.ZERO;
    for (TimelineEntry entry : entries) {
      Duration since = entry.clock().after(entries.get(0).clock(), before);
      times.add(times.isEmpty() ? Duration.ZERO : since);
      before = since;
    }
    return List.copyOf(times);
  }

  /** How far off an entry may be that the post-mortem has so long after the first. */
  static Duration tolerance(TimelineEntry entry, Duration sinceFirst) {
    Duration tolerance = entry.tolerance();
    return tolerance == null ? sinceFirst.dividedBy(TOLERANCE_PARTS) : tolerance;
  }

  /** How many entries must follow by themselves. */
  public long emergent() {
    return entries.stream().filter(TimelineEntry::isEmergent).count();
  }
}
