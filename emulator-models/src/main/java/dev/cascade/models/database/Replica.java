package dev.cascade.models.database;

import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.Metrics;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import dev.cascade.random.DurationDistribution;
import dev.cascade.random.RandomStream;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Applies the primary's changes on another host, one after the other, as PostgreSQL's start-up
 * process and MySQL's SQL thread do. What it has not applied waits in its mailbox, its relay log.
 */
final class Replica extends AbstractBehavior<Replica.Change> {
  /**
   * One change of the primary's.
   *
   * @param committedNanos when it was committed, by the primary's clock
   */
  record Change(long committedNanos) implements WireMessage {}

  /** The process. */
  static final String PROCESS = "replica";

  /** Changes that a relay log holds; what comes then is lost. A guess, hours of most loads. */
  private static final int RELAY_LOG = 10_000_000;

  private final Env<Change> env;
  private final Metrics.Gauge lag;
  private final Metrics.Counter applied;

  private Replica(Env<Change> env, String database, DurationDistribution apply) {
    super(env.context());
    this.env = env;
    this.lag = env.metrics().gauge("database_replica_lag_seconds", "database", database);
    this.applied = env.metrics().counter("database_changes_applied_total", "database", database);
    lag.set(0);
    RandomStream random = env.random("apply");
    env.costs(change -> new Cost(0, apply.sampleNanos(random)));
  }

  static ProcessSpec<Change> spec(String database, DurationDistribution apply) {
    ProcessSpec<Change> spec = ProcessSpec.of(env -> new Replica(env, database, apply));
    return spec.mailbox(RELAY_LOG, Overflow.DROP_NEWEST);
  }

  @Override
  public Receive<Change> createReceive() {
    return newReceiveBuilder().onMessage(Change.class, this::onChange).build();
  }

  private Behavior<Change> onChange(Change change) {
    applied.increment();
    lag.set(Math.max(0, env.nowNanos() - change.committedNanos()) / 1e9);
    return this;
  }
}
