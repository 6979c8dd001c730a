package dev.cascade.models.balancer;

import dev.cascade.node.Address;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The hosts behind a proxy, and which of them may be asked. */
final class Cluster {
  private final double panicThreshold;
  private final TreeMap<Address, UpstreamHost> hosts = new TreeMap<>();
  private @Nullable List<UpstreamHost> eligible; // null until somebody asks
  private int healthy;

  /** Without hosts yet; asks all of them while less than this share is healthy. */
  Cluster(double panicThreshold) {
    this.panicThreshold = panicThreshold;
  }

  Map<Address, UpstreamHost> hosts() {
    return hosts;
  }

  void add(UpstreamHost host) {
    hosts.put(host.address, host);
    eligible = null;
    review(host);
  }

  void remove(Address address) {
    UpstreamHost gone = hosts.remove(address);
    if (gone != null) {
      healthy -= gone.countsAsHealthy ? 1 : 0;
      eligible = null;
    }
  }

  /**
   * Looks again whether a host is healthy, as something about it may have changed.
   *
   * @return whether it has
   */
  boolean review(UpstreamHost host) {
    boolean isHealthy = host.isHealthy();
    if (host.countsAsHealthy == isHealthy) {
      return false;
    }
    host.countsAsHealthy = isHealthy;
    healthy += isHealthy ? 1 : -1;
    eligible = null;
    return true;
  }

  /** Those that may be asked, in the order of their addresses. */
  List<UpstreamHost> eligible() {
    if (eligible == null) {
      eligible =
          isPanic()
              ? List.copyOf(hosts.values())
              : hosts.values().stream().filter(host -> host.countsAsHealthy).toList();
    }
    return eligible;
  }

  int healthy() {
    return healthy;
  }

  int ejected() {
    return (int) hosts.values().stream().filter(UpstreamHost::isEjected).count();
  }

  /**
   * Whether so few are healthy that all are asked: better some bad answers than all load on few.
   */
  boolean isPanic() {
    return !hosts.isEmpty() && (double) healthy / hosts.size() < panicThreshold;
  }
}
