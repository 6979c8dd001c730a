package dev.cascade.models.balancer;

import dev.cascade.node.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The hosts behind a proxy, and which of them may be asked. */
final class Cluster {
  private final double panicThreshold;
  private final TreeMap<Address, UpstreamHost> hosts = new TreeMap<>();
  private List<UpstreamHost> eligible = List.of();
  private int healthy;
  private boolean panic;

  /** Without hosts yet; asks all of them while less than this share is healthy. */
  Cluster(double panicThreshold) {
    this.panicThreshold = panicThreshold;
  }

  Map<Address, UpstreamHost> hosts() {
    return hosts;
  }

  void add(UpstreamHost host) {
    hosts.put(host.address, host);
  }

  void remove(Address address) {
    hosts.remove(address);
  }

  /** Looks again who is healthy, as something about the hosts has changed. */
  void review() {
    List<UpstreamHost> well = new ArrayList<>();
    for (UpstreamHost host : hosts.values()) {
      if (host.isHealthy()) {
        well.add(host);
      }
    }
    healthy = well.size();
    panic = !hosts.isEmpty() && (double) healthy / hosts.size() < panicThreshold;
    eligible = panic ? List.copyOf(hosts.values()) : well;
  }

  /** Those that may be asked, in the order of their addresses. */
  List<UpstreamHost> eligible() {
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
    return panic;
  }
}
