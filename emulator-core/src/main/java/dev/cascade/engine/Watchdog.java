package dev.cascade.engine;

import java.time.Duration;
import java.util.List;

/**
 * Looks whether a turn ends. A model that blocks its thread would stop the world in silence; after
 * a while it is named and interrupted. It measures real time, which no result depends on.
 */
final class Watchdog implements AutoCloseable {
  /** Half a minute in one turn is no computation of a model. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int LOOKS = 30;

  private final List<Shard> shards;
  private final long[] seen;
  private final int[] still;
  private final long lookMillis;
  private final Thread thread;

  /**
   * Starts to look.
   *
   * @param patience how long a turn may take
   */
  Watchdog(List<Shard> shards, Duration patience) {
    this.shards = shards;
    this.lookMillis = Math.max(1, patience.toMillis() / LOOKS);
    this.seen = new long[shards.size()];
    this.still = new int[shards.size()];
    this.thread = new Thread(this::watch, "cascade-watchdog");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(lookMillis);
        for (int i = 0; i < seen.length; i++) {
          look(shards.get(i), i);
        }
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void look(Shard shard, int index) {
    long turns = shard.turnsStarted();
    boolean busy = shard.current() != null;
    still[index] = busy && turns == seen[index] ? still[index] + 1 : 0;
    seen[index] = turns;
    if (still[index] >= LOOKS) {
      shard.guard().stuck(shard.currentName());
      still[index] = 0;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
