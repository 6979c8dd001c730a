package dev.cascade.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Where the threads of a run meet. Windows may be microseconds long, so a thread first spins, then
 * lets others have its core; when they still have not come, as they lost their core to another
 * program, it sleeps until the last one wakes it.
 */
final class Barrier {
  private static final int SPINS =
      4_000; // some 20 to 60 µs: longer than most windows, about as long as a wake-up

  private static final int YIELDS = 50; // enough for nine threads on two cores to meet in 20 µs

  private final int parties;
  private final int spins;
  private final AtomicInteger arrived = new AtomicInteger();
  private final Queue<Thread> sleepers = new ConcurrentLinkedQueue<>();
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
      wakeSleepers();
      return;
    }
    for (int i = 0; i < spins && generation == mine; i++) {
      Thread.onSpinWait();
    }
    for (int i = 0; i < YIELDS && generation == mine; i++) {
      Thread.yield();
    }
    while (generation == mine) {
      // Looked at before each sleep: who wakes the sleepers of the last meeting may take this one
      // too.
      if (!sleepers.contains(Thread.currentThread())) {
        sleepers.add(Thread.currentThread());
      }
      if (generation == mine) {
        LockSupport.park(this);
      }
    }
  }

  /** Some may be awake already, or be left over from the last meeting: waking them does no harm. */
  private void wakeSleepers() {
    Thread sleeper = sleepers.poll();
    while (sleeper != null) {
      LockSupport.unpark(sleeper);
      sleeper = sleepers.poll();
    }
  }
}
