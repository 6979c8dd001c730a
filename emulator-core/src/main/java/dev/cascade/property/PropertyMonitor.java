package dev.cascade.property;

import dev.cascade.metrics.Readings;
import dev.cascade.metrics.Selector;
import dev.cascade.metrics.SeveralSeriesException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges one property while the run goes on. It sees each event, then the tick that ends with or
 * after it; nothing of the warm-up, and no window that is not yet full: judging begins the longest
 * window of its expressions after the warm-up.
 *
 * <p>{@code never}, {@code sometimes} and {@code eventually} of events, and triggers that are
 * events, are exact to the instant. All else is exact to the tick; a tick in which the warm-up ends
 * or a trigger falls is judged by nobody, as it knows what was before.
 */
final class PropertyMonitor {
  private final CompiledProperty property;
  private final Readings readings;
  private final boolean ofEvents;
  private final long startNanos;
  private final long judgedFromNanos;

  private final SafetyTracker safety;
  private final SometimesTracker sometimes = new SometimesTracker();
  private final EventuallyTracker eventually;
  private final @Nullable Extreme extreme;

  private @Nullable Long firstTrigger;
  private @Nullable Long latestTrigger;

  /** The latest trigger when the current tick began. */
  private @Nullable Long armedTrigger;

  private Truth triggerBefore = Truth.FALSE;
  private @Nullable Long firstEvent;
  private long lastTickNanos;

  PropertyMonitor(CompiledProperty property, Readings readings) {
    this.property = property;
    this.readings = readings;
    PropertySpec spec = property.spec();
    this.ofEvents = property.expression().isOfEvents();
    this.startNanos = readings.measuredFromNanos();
    this.judgedFromNanos = startNanos + property.longestWindowNanos();
    this.safety = new SafetyTracker(nanos(spec.forDuration()));
    this.eventually =
        new EventuallyTracker(nanos(spec.within()), nanos(spec.holdsFor()), startNanos);
    boolean worst = spec.mode() == PropertySpec.Mode.ALWAYS;
    this.extreme = Extreme.of(property.expression().condition(), worst);
    if (property.trigger() == null) {
      trigger(startNanos);
      armedTrigger = startNanos;
    }
  }

  private static long nanos(@Nullable Duration duration) {
    return duration == null ? 0 : duration.toNanos();
  }

  String name() {
    return property.spec().name();
  }

  /** An event, after all events and ticks before it. */
  void event(Occurrence occurrence) {
    if (occurrence.timeNanos() < startNanos) {
      return;
    }
    if (ofEvents && property.expression().happensWith(occurrence)) {
      happened(occurrence.timeNanos());
    }
    // After what it may answer: an event that is both asks for the next one.
    Expression trigger = property.trigger();
    if (trigger != null && trigger.isOfEvents() && trigger.happensWith(occurrence)) {
      trigger(occurrence.timeNanos());
    }
  }

  private void happened(long timeNanos) {
    switch (property.spec().mode()) {
      case NEVER -> {
        if (firstEvent == null && isAsked(latestTrigger, timeNanos, timeNanos)) {
          firstEvent = timeNanos;
        }
      }
      case SOMETIMES -> {
        if (isAsked(latestTrigger, timeNanos, timeNanos)) {
          sometimes.tick(Truth.TRUE);
        }
      }
      case EVENTUALLY -> eventually.happened(timeNanos);
      case ALWAYS -> throw new IllegalStateException("always is never of events.");
    }
  }

  private void trigger(long timeNanos) {
    firstTrigger = firstTrigger == null ? (Long) timeNanos : firstTrigger;
    latestTrigger = timeNanos;
    eventually.trigger(timeNanos);
  }

  /** Whether a stretch of time lies after a trigger, and within what was said. */
  private boolean isAsked(@Nullable Long trigger, long fromNanos, long untilNanos) {
    if (firstTrigger == null || trigger == null) {
      return false;
    }
    Duration within = property.spec().within();
    return within == null
        ? fromNanos >= firstTrigger
        : fromNanos >= trigger && untilNanos <= trigger + within.toNanos();
  }

  /** A tick, after all events up to its end. */
  void tick(TickView moment, long timeNanos) {
    long fromNanos = lastTickNanos;
    lastTickNanos = timeNanos;
    if (fromNanos < startNanos) {
      return;
    }
    try {
      judge(moment, fromNanos, timeNanos);
      watchTrigger(moment, timeNanos);
    } catch (SeveralSeriesException defect) {
      throw new PropertyDefectException(name(), defect);
    }
    armedTrigger = latestTrigger;
  }

  private void judge(TickView moment, long fromNanos, long timeNanos) {
    boolean asked = isAsked(armedTrigger, fromNanos, timeNanos);
    boolean full = timeNanos >= judgedFromNanos;
    if (property.spec().mode() == PropertySpec.Mode.EVENTUALLY) {
      if (ofEvents) {
        eventually.tick(timeNanos, Truth.FALSE);
      } else {
        eventually.tick(timeNanos, full ? reached(moment) : Truth.UNKNOWN);
      }
    } else if (!asked || !full) {
      safety.interrupt();
      return;
    } else if (property.spec().mode() == PropertySpec.Mode.SOMETIMES) {
      sometimes.tick(ofEvents ? Truth.FALSE : property.expression().judge(moment).best());
    } else {
      safety.tick(timeNanos, ofEvents ? Truth.TRUE : safe(moment));
    }
    if (extreme != null && full && firstTrigger != null && fromNanos >= firstTrigger) {
      extreme.tick(moment);
    }
  }

  private Truth safe(TickView moment) {
    Judgement judgement = property.expression().judge(moment);
    return property.spec().mode() == PropertySpec.Mode.ALWAYS
        ? judgement.worst()
        : judgement.best().not();
  }

  /** To be reached, an instant will do; to be held, all of the tick counts. */
  private Truth reached(TickView moment) {
    Judgement judgement = property.expression().judge(moment);
    return property.spec().holdsFor() == null ? judgement.best() : judgement.worst();
  }

  private void watchTrigger(TickView moment, long timeNanos) {
    Expression trigger = property.trigger();
    if (trigger == null || trigger.isOfEvents() || timeNanos < judgedFromNanos) {
      return;
    }
    Truth now = trigger.judge(moment).best();
    if (now == Truth.TRUE && triggerBefore != Truth.TRUE) {
      trigger(timeNanos);
    }
    triggerBefore = now;
  }

  MonitorState state() {
    if (lastTickNanos <= startNanos) {
      return MonitorState.WARMING_UP;
    }
    if (firstTrigger == null) {
      return MonitorState.WAITING;
    }
    return switch (property.spec().mode()) {
      case ALWAYS, NEVER -> firstEvent != null ? MonitorState.VIOLATED : safety.state();
      case SOMETIMES -> sometimes.state();
      case EVENTUALLY -> eventually.state();
    };
  }

  /** The verdict; the run ended with the last tick. */
  PropertyResult finish() {
    Finding finding = finding();
    return new PropertyResult(
        name(),
        finding.result(),
        duration(finding.firstViolationNanos()),
        Duration.ofNanos(finding.longestViolationNanos()),
        duration(finding.slowestResponseNanos()),
        extreme == null ? null : extreme.value(),
        violations(finding.firstViolationNanos()),
        finding.reason(),
        notes());
  }

  private Finding finding() {
    if (lastTickNanos <= startNanos) {
      return Finding.unknown(
          "The run ended at %s, in its warm-up.".formatted(Times.seconds(lastTickNanos)));
    }
    if (firstTrigger == null) {
      return Finding.unknown("Not reached: its trigger never came.");
    }
    return switch (property.spec().mode()) {
      case ALWAYS, NEVER -> safetyFinding();
      case SOMETIMES -> sometimes.finish();
      case EVENTUALLY -> eventually.finish(lastTickNanos);
    };
  }

  private List<Stretch> violations(@Nullable Long firstNanos) {
    if (firstNanos == null || (firstEvent == null && !safety.violations().isEmpty())) {
      return safety.violations();
    }
    return List.of(Stretch.ofNanos(firstNanos, firstNanos)); // an event, or a deadline
  }

  private Finding safetyFinding() {
    if (firstEvent != null) {
      return Finding.violated(firstEvent, 0);
    }
    Finding finding = safety.finish(lastTickNanos);
    long within = nanos(property.spec().within());
    boolean cut = latestTrigger != null && latestTrigger + within > lastTickNanos;
    if (finding.result() == Result.HOLDS && cut) {
      return Finding.unknown(
              "The run ended at %s, less than %s after its last trigger."
                  .formatted(Times.seconds(lastTickNanos), Times.seconds(within)))
          .withLongest(finding.longestViolationNanos());
    }
    return finding;
  }

  private static @Nullable Duration duration(@Nullable Long nanos) {
    return nanos == null ? null : Duration.ofNanos(nanos);
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (Selector selector : property.selectors()) {
      if (readings.matching(selector).isEmpty()) {
        notes.add(
            "The selector (%s) chose no series in the whole run. Maybe a label's value is misspelt, or it never happened."
                .formatted(selector));
      }
    }
    return List.copyOf(notes);
  }
}
