package dev.cascade.models.discovery;

import dev.cascade.node.Address;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who wants to know of replicas, until it has not asked for long: then its host is gone. */
public final class Watchers {
  private static final int MISSED = 3; // asks in a row: none is missed so often but by an outage

  private final Map<Address, Long> heardNanos = new TreeMap<>();

  /** A watcher asks, by the clock of who is asked. */
  public void heard(Address watcher, Duration now) {
    heardNanos.put(watcher, now.toNanos());
  }

  /** Those who have asked lately, in the order of their addresses; others are forgotten. */
  public List<Address> current(Duration now) {
    long silentSince = now.minus(Watcher.RESYNC.multipliedBy(MISSED)).toNanos();
    heardNanos.values().removeIf(heard -> heard < silentSince);
    return List.copyOf(heardNanos.keySet());
  }
}
