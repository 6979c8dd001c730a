package dev.cascade.engine;

import dev.cascade.time.Moment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets shards run side by side in conservative windows: no shard passes the time at which a message
 * could still reach it. After each window they exchange what they sent across; then all work out
 * the next bounds from the same numbers, so that one meeting a window is enough.
 */
final class Windows implements Driver {
  private final List<Shard> shards;
  private final long lookaheadNanos;
  private final Barrier barrier;
  private final Report[][] reports; // two sets in turn: one is read while the other is written
  private final List<Thread> threads = new ArrayList<>();
  private long untilNanos;
  private boolean closed;

  /** What a shard tells the others at the end of a window. */
  private static final class Report {
    long nextNanos;
    long failedNanos;
    @Nullable Moment failedAt;
    final long[] earliestSent;
    final List<List<Parcel>> parcels = new ArrayList<>();

    Report(int shards) {
      earliestSent = new long[shards];
      for (int i = 0; i < shards; i++) {
        parcels.add(List.of());
      }
    }
  }

  /**
   * Starts a thread for each shard but the first, which runs in the caller's.
   *
   * @param lookaheadNanos no message between two hosts is faster
   */
  Windows(List<Shard> shards, long lookaheadNanos) {
    this.shards = shards;
    this.lookaheadNanos = lookaheadNanos;
    this.barrier = new Barrier(shards.size());
    this.reports = new Report[2][shards.size()];
    for (Report[] set : reports) {
      Arrays.setAll(set, i -> new Report(shards.size()));
    }
    for (int i = 1; i < shards.size(); i++) {
      int index = i;
      Thread thread = new Thread(() -> work(index), "cascade-shard-" + index);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  @Override
  public void run(long newUntilNanos) {
    untilNanos = newUntilNanos;
    barrier.await();
    runShard(0);
    barrier.await();
  }

  private void work(int index) {
    while (true) {
      barrier.await();
      if (closed) {
        return;
      }
      runShard(index);
      barrier.await();
    }
  }

  private void runShard(int index) {
    Shard shard = shards.get(index);
    for (int window = 0; ; window ^= 1) {
      Report[] all = reports[window];
      report(shard, all[index]);
      barrier.await();
      for (Report report : all) {
        shard.absorb(report.parcels.get(index));
      }
      long bound = bound(all, index);
      if (bound < 0) {
        Moment failure = firstFailure(all);
        if (failure != null) {
          shard.runBefore(failure);
        }
        return;
      }
      shard.run(bound);
    }
  }

  /**
   * The first failure that is known when all shards have come to its time. Another one may still
   * come up in the same instant, but before it.
   */
  private static @Nullable Moment firstFailure(Report[] all) {
    Moment first = null;
    for (Report report : all) {
      Moment seen = report.failedAt;
      if (seen != null && (first == null || seen.compareTo(first) < 0)) {
        first = seen;
      }
    }
    return first;
  }

  private void report(Shard shard, Report mine) {
    mine.nextNanos = shard.nextTimeNanos();
    mine.failedAt = shard.guard().failedAt();
    mine.failedNanos = mine.failedAt == null ? Long.MAX_VALUE : mine.failedAt.timeNanos();
    for (int target = 0; target < shards.size(); target++) {
      mine.earliestSent[target] = shard.outbox().earliest(target);
      mine.parcels.set(target, shard.outbox().take(target));
    }
  }

  /** How far a shard may run now, or a negative number when all are done. */
  private long bound(Report[] all, int index) {
    long limit = untilNanos;
    for (Report report : all) {
      // The others go on to the time of a failure: one that is earlier may still come up there.
      limit = Math.min(limit, report.failedNanos);
    }
    long bound = limit;
    boolean done = true;
    for (int i = 0; i < all.length; i++) {
      if (all[i].failedNanos < Long.MAX_VALUE) {
        continue;
      }
      long next = all[i].nextNanos;
      for (Report report : all) {
        next = Math.min(next, report.earliestSent[i]);
      }
      if (next < limit) {
        done = false;
        // Its own message may come back to a shard after a round trip.
        bound = Math.min(bound, next + (i == index ? 2 * lookaheadNanos : lookaheadNanos));
      }
    }
    return done ? -1 : bound;
  }

  @Override
  public void close() {
    closed = true;
    if (shards.size() > 1) {
      barrier.await();
    }
  }
}
