package dev.cascade.engine;

import com.typesafe.config.Config;
import dev.cascade.time.Event;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.AbstractScheduler;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** Puts every Pekko timer into its shard's event queue. Named in the configuration. */
public final class ShardScheduler extends AbstractScheduler {
  private static final double TICKS_PER_SECOND = 1e9; // virtual time counts nanoseconds

  private @Nullable Shard shard;

  /** Called by Pekko. */
  public ShardScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {}

  void bind(Shard newShard) {
    shard = newShard;
  }

  @Override
  public Cancellable scheduleOnce(FiniteDuration delay, Runnable task, ExecutionContext executor) {
    return start(delay.toNanos(), 0, task, executor);
  }

  @Override
  @SuppressWarnings("deprecation") // abstract all the same: what scheduleAtFixedRate calls
  public Cancellable schedule(
      FiniteDuration initialDelay,
      FiniteDuration interval,
      Runnable task,
      ExecutionContext executor) {
    return start(initialDelay.toNanos(), Math.max(1, interval.toNanos()), task, executor);
  }

  @Override
  public double maxFrequency() {
    return TICKS_PER_SECOND;
  }

  private Cancellable start(
      long delayNanos, long intervalNanos, Runnable task, ExecutionContext executor) {
    Shard home = shard;
    if (home == null) {
      throw new IllegalStateException("A timer was started before the dispatcher was made.");
    }
    home.guard().checkThread("a timer", task, null);
    Timer timer = new Timer(home, intervalNanos, task, executor);
    ProcessQueue starter = home.current();
    if (starter == null || !starter.wasKilled()) { // what the dead start never fires
      home.schedule(timer.host, timer, home.nowNanos() + Math.max(0, delayNanos));
    }
    return timer;
  }

  private static final class Timer extends Event implements Cancellable {
    private final Shard shard;
    private final @Nullable HostRuntime host;
    private final long turn;
    private final long intervalNanos;
    private final Runnable task;
    private final ExecutionContext executor;
    private boolean cancelled;

    Timer(Shard shard, long intervalNanos, Runnable task, ExecutionContext executor) {
      this.shard = shard;
      this.host = shard.currentHost();
      this.turn = shard.causeTurn();
      this.intervalNanos = intervalNanos;
      this.task = task;
      this.executor = executor;
    }

    @Override
    public void fire() {
      shard.enter(host, turn);
      if (intervalNanos > 0) {
        shard.schedule(host, this, shard.nowNanos() + intervalNanos);
      }
      executor.execute(task);
    }

    @Override
    public boolean cancel() {
      if (cancelled || !isQueued()) {
        return false;
      }
      cancelled = true;
      shard.cancel(this);
      return true;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }
  }
}
