package dev.cascade.property;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must become true after each trigger: it must begin at most {@code within} after it, and then
 * be true at each tick until one that is at least {@code holdsFor} later. A trigger is answered at
 * once by what is true already, at the first tick that lies wholly after it.
 */
final class EventuallyTracker {
  private final long withinNanos;
  private final long holdsForNanos;

  private final List<Trigger> open = new ArrayList<>();
  private @Nullable Long trueSince;
  private @Nullable Long notFalseSince;
  private long lastTick;

  private boolean triggered;
  private @Nullable Long firstViolation;
  private @Nullable Long slowest;
  private @Nullable String doubt;

  /** One trigger that is not answered yet. */
  private static final class Trigger {
    private final long time;

    /** Ticks without data may have answered it. */
    private boolean perhaps;

    Trigger(long time) {
      this.time = time;
    }
  }

  EventuallyTracker(long withinNanos, long holdsForNanos, long startNanos) {
    this.withinNanos = withinNanos;
    this.holdsForNanos = holdsForNanos;
    this.lastTick = startNanos;
  }

  /** Its trigger came. */
  void trigger(long timeNanos) {
    triggered = true;
    int last = open.size() - 1;
    // Between two ticks only the first and the last can matter: the first must begin soonest, the
    // last be true longest. So a flood of triggers takes no memory.
    if (last >= 1 && open.get(last).time > lastTick && open.get(last - 1).time > lastTick) {
      open.remove(last);
    }
    open.add(new Trigger(timeNanos));
  }

  /** What it asks for happened, as an event. */
  void happened(long timeNanos) {
    open.removeIf(
        trigger -> {
          boolean answered = timeNanos <= trigger.time + withinNanos;
          if (answered) {
            answered(timeNanos - trigger.time);
          }
          return answered;
        });
  }

  /** The next tick, and whether what it asks for was true. */
  void tick(long timeNanos, Truth truth) {
    trueSince = truth == Truth.TRUE ? since(trueSince, timeNanos) : null;
    notFalseSince = truth == Truth.FALSE ? null : since(notFalseSince, timeNanos);
    for (Iterator<Trigger> triggers = open.iterator(); triggers.hasNext(); ) {
      Trigger trigger = triggers.next();
      // The tick in which the trigger fell knows what was before it.
      if (trigger.time <= lastTick && isDecided(trigger, timeNanos)) {
        triggers.remove();
      }
    }
    lastTick = timeNanos;
  }

  private static Long since(@Nullable Long since, long now) {
    return since == null ? (Long) now : since;
  }

  private boolean isDecided(Trigger trigger, long now) {
    if (lasts(trueSince, trigger, now)) {
      answered(Math.max(0, begin(trueSince, trigger) - trigger.time));
      return true;
    }
    trigger.perhaps |= lasts(notFalseSince, trigger, now);
    boolean mayStillLast = notFalseSince != null && inTime(notFalseSince, trigger);
    boolean mayStillBegin = now < trigger.time + withinNanos;
    if (mayStillLast || mayStillBegin) {
      return false;
    }
    if (trigger.perhaps) {
      doubt("There was not enough data after the trigger at %s.", trigger);
    } else if (firstViolation == null) {
      firstViolation = trigger.time + withinNanos;
    }
    return true;
  }

  private boolean lasts(@Nullable Long since, Trigger trigger, long now) {
    return since != null && inTime(since, trigger) && now - begin(since, trigger) >= holdsForNanos;
  }

  private boolean inTime(long since, Trigger trigger) {
    return begin(since, trigger) <= trigger.time + withinNanos;
  }

  private static long begin(@Nullable Long since, Trigger trigger) {
    return since == null ? trigger.time : Math.max(since, trigger.time);
  }

  private void answered(long responseNanos) {
    slowest = slowest == null ? (Long) responseNanos : (Long) Math.max(slowest, responseNanos);
  }

  private void doubt(String message, Trigger trigger) {
    if (doubt == null) {
      doubt = message.formatted(Times.seconds(trigger.time));
    }
  }

  MonitorState state() {
    if (firstViolation != null) {
      return MonitorState.VIOLATED;
    }
    if (!triggered) {
      return MonitorState.WAITING;
    }
    if (!open.isEmpty()) {
      return MonitorState.PENDING;
    }
    return doubt == null ? MonitorState.HOLDING : MonitorState.NO_DATA;
  }

  Finding finish(long endNanos) {
    if (firstViolation != null) {
      return Finding.violated(firstViolation, 0).withSlowest(slowest);
    }
    if (!triggered) {
      return Finding.unknown("Not reached: its trigger never came.");
    }
    for (Trigger trigger : open) {
      doubt(
          "The run ended at " + Times.seconds(endNanos) + ", before the trigger at %s was decided.",
          trigger);
    }
    Finding finding = doubt == null ? Finding.holds() : Finding.unknown(doubt);
    return finding.withSlowest(slowest);
  }
}
