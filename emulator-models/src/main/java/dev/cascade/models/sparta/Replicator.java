package dev.cascade.models.sparta;

import dev.cascade.node.Env;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The connections between an instance and its peers. What was committed is sent some time later, in
 * order, and is taken in in order.
 */
final class Replicator {
  private final SpartaConfig config;
  private final int self;
  private final RandomStream delay;
  private final long connection;
  private final long[] dueNanos; // of the last one, by peer
  private final long[] numbers; // of the next one, by peer
  private final Map<Integer, Inbound> inbound = new TreeMap<>();

  private record Inbound(long connection, InOrder<Wire.Replicate> order) {}

  Replicator(Env<?> env, SpartaConfig config, int self, int peers) {
    this.config = config;
    this.self = self;
    this.delay = env.random("replication");
    this.connection = env.nowNanos();
    this.dueNanos = new long[peers];
    this.numbers = new long[peers];
  }

  /** How long after now a peer is to be sent what has just been committed. */
  Duration delay(int peer, long nowNanos) {
    long due = nowNanos + config.replicationDelay().sample(delay, config.unit()).toNanos();
    dueNanos[peer] = Math.max(due, dueNanos[peer]);
    return Duration.ofNanos(dueNanos[peer] - nowNanos);
  }

  /** The message for a peer, when its time has come. */
  Wire.Replicate message(int peer, Allocation allocation, List<Integer> subjects) {
    return new Wire.Replicate(self, connection, numbers[peer]++, allocation, subjects);
  }

  /** Takes in what a peer sent; those whose turn it is, in order. */
  List<Wire.Replicate> take(Wire.Replicate received) {
    Inbound known = inbound.get(received.from());
    if (known == null || known.connection() < received.connection()) {
      known = new Inbound(received.connection(), new InOrder<>(0));
      inbound.put(received.from(), known);
    } else if (known.connection() > received.connection()) {
      return List.of(); // from before the peer started again
    }
    return known.order().take(received.number(), received);
  }
}
