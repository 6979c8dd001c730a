package dev.cascade.property;

import dev.cascade.metrics.Readings;
import dev.cascade.metrics.SeveralSeriesException;
import dev.cascade.random.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Notes when each entry of a timeline comes: exact to the instant for events, to the tick for all
 * else.
 */
public final class TimelineWatch {
  private final TimelineSpec timeline;
  private final List<Arrival> arrivals = new ArrayList<>();
  private long lastTickNanos;

  /**
   * Watches a run from its start.
   *
   * @throws ExpressionException if an entry's expression does not compile
   */
  public TimelineWatch(TimelineSpec timeline, Vocabulary vocabulary, Readings readings) {
    this.timeline = timeline;
    Map<String, Arrival> byName = new TreeMap<>();
    for (TimelineEntry entry : timeline.entries()) {
      Expression expression = entry.compile(vocabulary);
      Arrival leader = entry.follows() == null ? null : byName.get(entry.follows());
      Arrival arrival = new Arrival(entry, expression, leader, readings.measuredFromNanos());
      arrivals.add(arrival);
      byName.put(entry.name(), arrival);
    }
  }

  /** Watches for nothing. */
  static TimelineWatch ofNothing(Readings readings) {
    return new TimelineWatch(TimelineSpec.NONE, new Vocabulary(List.of(), List.of()), readings);
  }

  void event(Occurrence occurrence) {
    arrivals.forEach(arrival -> arrival.event(occurrence));
  }

  void tick(TickView moment, long timeNanos) {
    for (Arrival arrival : arrivals) {
      try {
        arrival.tick(moment, lastTickNanos, timeNanos);
      } catch (SeveralSeriesException defect) {
        throw new PropertyDefectException(arrival.entry.name(), defect);
      }
    }
    lastTickNanos = timeNanos;
  }

  /** What became of each entry, in their order; the run ended with the last tick. */
  public List<TimelineFinding> finish() {
    List<TimelineFinding> findings = new ArrayList<>();
    List<Duration> sinceFirst = timeline.sinceFirst();
    for (int i = 0; i < arrivals.size(); i++) {
      findings.add(finding(arrivals.get(i), sinceFirst.get(i)));
    }
    return List.copyOf(findings);
  }

  private TimelineFinding finding(Arrival arrival, Duration sinceFirst) {
    TimelineEntry entry = arrival.entry;
    Duration tolerance = TimelineSpec.tolerance(entry, sinceFirst);
    Duration first = arrivals.get(0).measured();
    Duration measured = arrival.measured();
    if (first == null) {
      return new TimelineFinding(
          entry,
          null,
          measured,
          tolerance,
          Result.UNKNOWN,
          "The first entry (%s) never came, so that the two clocks do not meet."
              .formatted(arrivals.get(0).entry.name()));
    }
    Duration expected = first.plus(sinceFirst);
    Duration end = Duration.ofNanos(lastTickNanos);
    if (measured == null && end.compareTo(expected.plus(tolerance)) < 0) {
      String reason =
          "The run ended at %s, and it may still have come by %s."
              .formatted(DurationText.format(end), DurationText.format(expected.plus(tolerance)));
      return new TimelineFinding(entry, expected, null, tolerance, Result.UNKNOWN, reason);
    }
    if (measured == null) {
      return new TimelineFinding(
          entry, expected, null, tolerance, Result.VIOLATED, "It never came.");
    }
    boolean near = measured.minus(expected).abs().compareTo(tolerance) <= 0;
    return new TimelineFinding(
        entry,
        expected,
        measured,
        tolerance,
        near ? Result.HOLDS : Result.VIOLATED,
        near
            ? null
            : "It came too %s.".formatted(measured.compareTo(expected) < 0 ? "early" : "late"));
  }

  /** When one entry came. */
  private static final class Arrival {
    private final TimelineEntry entry;
    private final Expression expression;
    private final @Nullable Arrival leader;
    private final long startNanos;
    private final long judgedFromNanos;
    private final long forNanos;

    private @Nullable Long measuredNanos;
    private @Nullable Long trueSince;

    Arrival(TimelineEntry entry, Expression expression, @Nullable Arrival leader, long startNanos) {
      this.entry = entry;
      this.expression = expression;
      this.leader = leader;
      this.startNanos = startNanos;
      this.judgedFromNanos = startNanos + expression.longestWindowNanos();
      Duration lasting = entry.forDuration();
      this.forNanos = lasting == null ? 0 : lasting.toNanos();
    }

    @Nullable Duration measured() {
      return measuredNanos == null ? null : Duration.ofNanos(measuredNanos);
    }

    void event(Occurrence occurrence) {
      long now = occurrence.timeNanos();
      if (measuredNanos == null
          && now >= startNanos
          && isDue(now - 1)
          && expression.isOfEvents()
          && expression.happensWith(occurrence)) {
        measuredNanos = now;
      }
    }

    /** A tick counts if all of it lies after what this entry must follow. */
    void tick(TickView moment, long fromNanos, long timeNanos) {
      if (measuredNanos != null
          || expression.isOfEvents()
          || fromNanos < startNanos
          || timeNanos < judgedFromNanos
          || !isDue(fromNanos)) {
        return;
      }
      Judgement judgement = expression.judge(moment);
      // To come, an instant will do; to last, all of the tick counts.
      Truth now = forNanos == 0 ? judgement.best() : judgement.worst();
      if (now != Truth.TRUE) {
        trueSince = null;
        return;
      }
      trueSince = trueSince == null ? (Long) timeNanos : trueSince;
      if (timeNanos - trueSince >= forNanos) {
        measuredNanos = trueSince;
      }
    }

    private boolean isDue(long nanos) {
      return leader == null || (leader.measuredNanos != null && nanos >= leader.measuredNanos);
    }
  }
}
