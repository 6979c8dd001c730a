package dev.cascade.models.load;

import dev.cascade.node.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Requests a second over time: a line from stage to stage, and level after the last. */
final class RateSchedule {
  private static final double NANOS = 1e9;

  /** Due never: later than any run. */
  static final long NEVER = Long.MAX_VALUE;

  private record Segment(double start, double startRate, double end, double endRate) {
    double slope() {
      return (endRate - startRate) / (end - start);
    }

    double rateAt(double time) {
      return Double.isInfinite(end) ? endRate : startRate + slope() * (time - start);
    }
  }

  private final List<Segment> segments = new ArrayList<>();

  /**
   * A ramp.
   *
   * @param startNanos when it begins
   * @param startPerSecond the rate until then
   */
  RateSchedule(long startNanos, double startPerSecond, List<Stage> stages) {
    double time = startNanos / NANOS;
    double rate = startPerSecond;
    for (Stage stage : stages) {
      double target = stage.target().level();
      double end = time + stage.duration().toNanos() / NANOS;
      if (end > time) {
        segments.add(new Segment(time, rate, end, target));
      }
      time = end;
      rate = target;
    }
    segments.add(new Segment(time, rate, Double.POSITIVE_INFINITY, rate));
  }

  /** From a time on the rate goes evenly from what it was to another, and stays there. */
  static RateSchedule change(RateSchedule before, long nowNanos, double to, long overNanos) {
    Stage stage = new Stage(new Rate(to), Duration.ofNanos(overNanos));
    return new RateSchedule(nowNanos, before.perSecondAt(nowNanos), List.of(stage));
  }

  /** Requests a second at a time. */
  double perSecondAt(long nanos) {
    double time = nanos / NANOS;
    return segment(time).rateAt(time);
  }

  /** When so many more requests are due, counted from a time; {@link #NEVER} if they never are. */
  long dueNanos(long fromNanos, double requests) {
    double time = fromNanos / NANOS;
    double left = requests;
    for (Segment segment = segment(time);
        !Double.isInfinite(segment.end());
        segment = segment(time)) {
      double rate = segment.rateAt(time);
      double due = (rate + segment.endRate()) / 2 * (segment.end() - time);
      if (left <= due) {
        // rate x + slope x²/2 = left, solved so that nothing cancels for a slope near zero
        double root = StrictMath.sqrt(Math.max(0, rate * rate + 2 * segment.slope() * left));
        return nanos(Math.min(segment.end(), time + 2 * left / (rate + root)));
      }
      left -= due;
      time = segment.end();
    }
    double level = segments.get(segments.size() - 1).endRate();
    return level == 0 ? NEVER : nanos(time + left / level);
  }

  private Segment segment(double time) {
    for (Segment segment : segments) {
      if (time < segment.end()) {
        return segment;
      }
    }
    throw new IllegalStateException("The last segment has no end: " + segments);
  }

  private static long nanos(double seconds) {
    double nanos = seconds * NANOS;
    return nanos >= NEVER ? NEVER : Math.round(nanos);
  }
}
