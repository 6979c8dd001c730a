package dev.cascade.models.database;

import dev.cascade.node.Env;
import dev.cascade.node.Metrics;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Owns a database host's row locks: grants them, keeps them for as long as a query needs. */
final class LockManager extends AbstractBehavior<LockManager.Command> {
  sealed interface Command {}

  /**
   * A query wants a row for so long.
   *
   * @param then takes whether it had it
   */
  record Lock(LockTable.Row row, long holdNanos, Duration timeout, Consumer<Boolean> then)
      implements Command {}

  private record Over(Wish holder) implements Command {}

  private record TimedOut(Wish waiter) implements Command {}

  /** One query's lock, or its wait for it. */
  private static final class Wish {
    final long number;
    final long sinceNanos;
    final Lock lock;
    boolean waits;

    Wish(long number, long sinceNanos, Lock lock) {
      this.number = number;
      this.sinceNanos = sinceNanos;
      this.lock = lock;
    }
  }

  private final Env<Command> env;
  private final TimerScheduler<Command> timers;

  private final LockTable<Wish> table = new LockTable<>();
  private final Metrics.Gauge waiting;
  private final Metrics.Histogram waits;
  private final Metrics.Counter timeouts;
  private long wishes;

  private LockManager(Env<Command> env, TimerScheduler<Command> timers, String database) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.waiting = env.metrics().gauge("database_locks_waiting", "database", database);
    this.waits = env.metrics().histogram("database_lock_wait_seconds", "database", database);
    this.timeouts = env.metrics().counter("database_lock_timeouts_total", "database", database);
    waiting.set(0);
  }

  static ProcessSpec<Command> spec(String database, int connections) {
    ProcessSpec<Command> spec =
        ProcessSpec.of(
            env -> Behaviors.withTimers(timers -> new LockManager(env, timers, database)));
    // Each connection wants one lock, and has one timer for it.
    return spec.mailbox(2 * connections + 1, Overflow.DROP_NEWEST);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Lock.class, this::onLock)
        .onMessage(Over.class, this::onOver)
        .onMessage(TimedOut.class, this::onTimedOut)
        .build();
  }

  private Behavior<Command> onLock(Lock lock) {
    Wish wish = new Wish(wishes++, env.nowNanos(), lock);
    if (table.acquire(lock.row(), wish)) {
      grant(wish);
    } else {
      wish.waits = true;
      timers.startSingleTimer("wait " + wish.number, new TimedOut(wish), lock.timeout());
      waiting.set(table.waiting());
    }
    return this;
  }

  private Behavior<Command> onOver(Over over) {
    release(over.holder());
    over.holder().lock.then().accept(true);
    return this;
  }

  private Behavior<Command> onTimedOut(TimedOut timeout) {
    Wish waiter = timeout.waiter();
    if (waiter.waits) { // else it was granted in the same instant
      waiter.waits = false;
      table.leave(waiter.lock.row(), waiter);
      waiting.set(table.waiting());
      timeouts.increment();
      waiter.lock.then().accept(false);
    }
    return this;
  }

  private void grant(Wish wish) {
    wish.waits = false;
    timers.cancel("wait " + wish.number);
    waits.recordNanos(env.nowNanos() - wish.sinceNanos);
    timers.startSingleTimer(
        "hold " + wish.number, new Over(wish), Duration.ofNanos(wish.lock.holdNanos()));
  }

  private void release(Wish holder) {
    Wish next = table.release(holder.lock.row());
    if (next != null) {
      grant(next);
    }
    waiting.set(table.waiting());
  }
}
