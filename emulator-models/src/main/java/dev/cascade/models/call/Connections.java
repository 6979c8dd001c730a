package dev.cascade.models.call;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one client, and who waits for one, the oldest first.
 *
 * @param <A> who uses or waits for a connection
 */
final class Connections<A> {
  /** What became of a wish for a connection. */
  enum Grant {
    /** It has one. */
    TAKEN,
    /** It waits for one. */
    PENDING,
    /** It has none, and may not wait. */
    OVERFLOW
  }

  private final int maxConnections;
  private final int maxPending;
  private final ArrayDeque<A> pending = new ArrayDeque<>();
  private int inUse;

  Connections(@Nullable ConnectionPool pool) {
    this.maxConnections = pool == null ? Integer.MAX_VALUE : pool.maxConnections();
    this.maxPending = pool == null ? 0 : pool.maxPendingRequests();
  }

  /** Wishes for a connection. */
  Grant acquire(A user) {
    if (inUse < maxConnections) { // then nobody waits: whoever gives one back hands it on
      inUse++;
      return Grant.TAKEN;
    }
    if (pending.size() >= maxPending) {
      return Grant.OVERFLOW;
    }
    pending.add(user);
    return Grant.PENDING;
  }

  /** Gives a connection back, and tells who has it next; null if nobody waits. */
  @Nullable A release() {
    A next = pending.poll();
    if (next == null) {
      inUse--;
    }
    return next;
  }

  /** Stops waiting. */
  void leave(A user) {
    pending.remove(user);
  }

  int inUse() {
    return inUse;
  }

  int pending() {
    return pending.size();
  }
}
