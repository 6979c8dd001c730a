package dev.cascade.models.systemd;

import java.util.ArrayDeque;

/** The starts of a unit that count for its limit. */
final class Starts {
  private final StartLimit limit;
  private final ArrayDeque<Long> nanos = new ArrayDeque<>();

  Starts(StartLimit limit) {
    this.limit = limit;
  }

  /** Whether it may be started now; if so, that is counted. */
  boolean admit(long nowNanos) {
    if (limit.burst() == 0) {
      return true;
    }
    while (!nanos.isEmpty() && nanos.getFirst() <= nowNanos - limit.interval().toNanos()) {
      nanos.removeFirst();
    }
    if (nanos.size() >= limit.burst()) {
      return false;
    }
    nanos.addLast(nowNanos);
    return true;
  }

  /** reset-failed. */
  void forget() {
    nanos.clear();
  }
}
