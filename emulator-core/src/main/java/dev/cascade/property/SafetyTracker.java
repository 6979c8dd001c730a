package dev.cascade.property;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must be true at every tick. As in a Prometheus rule, it is violated once it was false at
 * each tick from one to another that is at least {@code for} later; {@code for} of zero is a single
 * tick. Ticks without data may have been false: if they could complete a violation, the verdict is
 * unknown, and gaps shorter than {@code for} spoil nothing.
 */
final class SafetyTracker {
  /** Violations that are told one by one: more than a page can show. */
  private static final int STRETCHES_MAX = 1_000;

  private final long forNanos;
  private final List<Stretch> violations = new ArrayList<>();

  private @Nullable Long falseSince;
  private @Nullable Long notTrueSince;
  private @Nullable Long firstViolation;
  private @Nullable Long firstDoubt;
  private long longest;
  private boolean judged;

  SafetyTracker(long forNanos) {
    this.forNanos = forNanos;
  }

  /** The next tick, and whether it was true at its worst. */
  void tick(long timeNanos, Truth truth) {
    judged = true;
    if (truth == Truth.TRUE) {
      interrupt();
      return;
    }
    notTrueSince = notTrueSince == null ? (Long) timeNanos : notTrueSince;
    if (truth == Truth.FALSE) {
      falseSince = falseSince == null ? (Long) timeNanos : falseSince;
      longest = Math.max(longest, timeNanos - falseSince);
      if (firstViolation == null && timeNanos - falseSince >= forNanos) {
        firstViolation = falseSince;
      }
      if (timeNanos - falseSince >= forNanos) {
        keep(Stretch.ofNanos(falseSince, timeNanos));
      }
    } else {
      falseSince = null;
    }
    if (firstDoubt == null && timeNanos - notTrueSince >= forNanos) {
      firstDoubt = notTrueSince;
    }
  }

  /** A stretch that counts, or the same one a tick later. */
  private void keep(Stretch stretch) {
    int last = violations.size() - 1;
    if (last >= 0 && violations.get(last).from().equals(stretch.from())) {
      violations.set(last, stretch);
    } else if (violations.size() < STRETCHES_MAX) {
      violations.add(stretch);
    }
  }

  /** The stretches that were long enough to count, in the order of time; the first of very many. */
  List<Stretch> violations() {
    return List.copyOf(violations);
  }

  /** What comes next has nothing to do with what was. */
  void interrupt() {
    falseSince = null;
    notTrueSince = null;
  }

  MonitorState state() {
    if (firstViolation != null) {
      return MonitorState.VIOLATED;
    }
    if (!judged) {
      return MonitorState.WARMING_UP;
    }
    if (falseSince != null) {
      return MonitorState.PENDING;
    }
    return notTrueSince == null ? MonitorState.HOLDING : MonitorState.NO_DATA;
  }

  Finding finish(long endNanos) {
    if (firstViolation != null) {
      return Finding.violated(firstViolation, longest);
    }
    return undecided(endNanos).withLongest(longest);
  }

  private Finding undecided(long endNanos) {
    if (!judged) {
      return Finding.unknown(
          "There was no tick to judge it at. Maybe the run is shorter than its warm-up and its longest window.");
    }
    if (firstDoubt != null) {
      return Finding.unknown(
          "There was no data at %s. Maybe orElse(…) says what that means."
              .formatted(Times.seconds(firstDoubt)));
    }
    if (notTrueSince != null) {
      return Finding.unknown(
          "It was not true from %s until the run ended at %s, shorter than for (%s)."
              .formatted(
                  Times.seconds(notTrueSince), Times.seconds(endNanos), Times.seconds(forNanos)));
    }
    return Finding.holds();
  }
}
