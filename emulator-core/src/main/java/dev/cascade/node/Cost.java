package dev.cascade.node;

import java.time.Duration;

/**
 * What it takes to handle one message: first CPU, for which the message competes on its host, then
 * time in which its thread is occupied without CPU (I/O, a remote call, sleep). The handler runs
 * when both are over.
 *
 * @param workNanos CPU time on a core that runs at full speed, in nanoseconds
 * @param holdNanos time the thread is held after that, in nanoseconds
 */
public record Cost(long workNanos, long holdNanos) {
  /** Takes no time: the handler runs as soon as the process is free. */
  public static final Cost FREE = new Cost(0, 0);

  public Cost {
    if (workNanos < 0 || holdNanos < 0) {
      throw new IllegalArgumentException(
          "A cost cannot be negative: work " + workNanos + " ns, hold " + holdNanos + " ns.");
    }
  }

  /** CPU time alone. */
  public static Cost work(Duration work) {
    return new Cost(work.toNanos(), 0);
  }

  /** Waiting alone. */
  public static Cost hold(Duration hold) {
    return new Cost(0, hold.toNanos());
  }

  /** CPU time, then waiting. */
  public static Cost of(Duration work, Duration hold) {
    return new Cost(work.toNanos(), hold.toNanos());
  }

  /** Whether handling takes no time at all. */
  public boolean isFree() {
    return workNanos == 0 && holdNanos == 0;
  }
}
