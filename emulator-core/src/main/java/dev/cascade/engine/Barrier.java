package dev.cascade.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Where the threads of a run meet. Windows are microseconds long, so a thread first spins; when the
 * others are slow, or there are more threads than cores, it yields and then sleeps in short naps.
 */
final class Barrier {
  private static final int SPINS =
      4_000; // some 20 µs: longer than most windows, shorter than a wake-up
  private static final int YIELDS = 50;
  private static final long NAP_NANOS = 50_000;
  private static final long NAP_MAX_NANOS = 1_000_000;

  private final int parties;
  private final int spins;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile int generation;

  Barrier(int parties) {
    this.parties = parties;
    this.spins = parties <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
  }

  /** Returns when all have called it. What each did before is visible to all after. */
  @SuppressWarnings("ThreadPriorityCheck") // yielding shortens the wait; nothing relies on it
  void await() {
    int mine = generation;
    if (arrived.incrementAndGet() == parties) {
      arrived.set(0);
      generation = mine + 1;
      return;
    }
    long nap = NAP_NANOS;
    for (int waits = 0; generation == mine; waits++) {
      if (waits < spins) {
        Thread.onSpinWait();
      } else if (waits < spins + YIELDS) {
        Thread.yield();
      } else {
        LockSupport.parkNanos(nap);
        nap = Math.min(nap * 2, NAP_MAX_NANOS);
      }
    }
  }
}
