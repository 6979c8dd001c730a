package dev.cascade.run;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The wall clock since it was made. It holds a run to its pace, ends it at its time limit and tells
 * how long it took; what happens in the run never depends on it.
 */
final class WallClock {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final LongSupplier nanoTime;
  private final Sleep sleep;
  private final long startNanos;

  /** Lets time pass on a clock. */
  interface Sleep {
    void forNanos(long nanos) throws InterruptedException;
  }

  /** The machine's. */
  WallClock() {
    this(
        System::nanoTime,
        nanos -> Thread.sleep(nanos / NANOS_PER_MILLI, (int) (nanos % NANOS_PER_MILLI)));
  }

  /** One that tells these nanoseconds, since any time, and lets them pass so. */
  WallClock(LongSupplier nanoTime, Sleep sleep) {
    this.nanoTime = nanoTime;
    this.sleep = sleep;
    this.startNanos = nanoTime.getAsLong();
  }

  /** The date, for the names of folders. */
  static Instant date() {
    return Instant.now();
  }

  /** Time since the start, in nanoseconds. */
  long elapsedNanos() {
    return nanoTime.getAsLong() - startNanos;
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
      sleep.forNanos(left);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt(); // whoever interrupts a run also tells it to stop
    }
  }
}
