package dev.cascade.run;

import java.time.Duration;
import java.time.Instant;

/**
 * The wall clock since it was made. It holds a run to its pace, ends it at its time limit and tells
 * how long it took; what happens in the run never depends on it.
 */
final class WallClock {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long startNanos = System.nanoTime();

  /** The date, for the names of folders. */
  static Instant date() {
    return Instant.now();
  }

  /** Time since the start, in nanoseconds. */
  long elapsedNanos() {
    return System.nanoTime() - startNanos;
  }

  /** Time since the start. */
  Duration elapsed() {
    return Duration.ofNanos(elapsedNanos());
  }

  /** Waits until so long after the start. */
  void await(long sinceStartNanos) {
    long left = sinceStartNanos - elapsedNanos();
    if (left <= 0) {
      return;
    }
    try {
      Thread.sleep(left / NANOS_PER_MILLI, (int) (left % NANOS_PER_MILLI));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt(); // whoever interrupts a run also tells it to stop
    }
  }
}
