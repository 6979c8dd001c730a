package dev.cascade.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets the same shards run by the wall clock, each on its own: what crosses is handed over as it
 * comes, and its order is what the machine makes of it. It shows whether a model depends on virtual
 * time, or on the order that windows guarantee. The clock stands still while the engine rests.
 */
final class RealTime implements Driver {
  private static final long TICK_NANOS = 1_000_000; // as coarse as an ordinary system's timers

  private final List<Shard> shards;
  private final List<ConcurrentLinkedQueue<Parcel>> inboxes = new ArrayList<>();
  private long reachedNanos;

  RealTime(List<Shard> shards) {
    this.shards = shards;
    for (int i = 0; i < shards.size(); i++) {
      inboxes.add(new ConcurrentLinkedQueue<>());
    }
  }

  @Override
  public void run(long untilNanos) {
    long startNanos = System.nanoTime() - reachedNanos;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < shards.size(); i++) {
      int index = i;
      Thread thread = new Thread(() -> follow(index, startNanos, untilNanos), "cascade-real-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      join(thread);
    }
    for (int i = 0; i < shards.size(); i++) {
      takeIn(i); // what was handed over last waits in its shard, and is counted there
    }
    reachedNanos = untilNanos;
  }

  private void follow(int index, long startNanos, long untilNanos) {
    Shard shard = shards.get(index);
    while (!anyFailed()) {
      long now = Math.min(System.nanoTime() - startNanos, untilNanos);
      takeIn(index);
      shard.run(now);
      handOver(shard);
      if (now == untilNanos) {
        return;
      }
      long wait = Math.min(shard.nextTimeNanos() - now, TICK_NANOS);
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      }
    }
  }

  private void takeIn(int index) {
    Parcel parcel = inboxes.get(index).poll();
    while (parcel != null) {
      shards.get(index).absorbLate(parcel);
      parcel = inboxes.get(index).poll();
    }
  }

  private void handOver(Shard shard) {
    for (int target = 0; target < shards.size(); target++) {
      inboxes.get(target).addAll(shard.outbox().take(target));
    }
  }

  private boolean anyFailed() {
    for (Shard shard : shards) {
      if (shard.guard().failure() != null) {
        return true;
      }
    }
    return false;
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // the run ends at its next rest; the caller learns it then
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {}
}
