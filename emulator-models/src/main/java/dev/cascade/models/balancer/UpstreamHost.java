package dev.cascade.models.balancer;

import dev.cascade.node.Address;
import org.jspecify.annotations.Nullable;

/** One host behind a proxy, as that proxy knows it. */
final class UpstreamHost {
  final Address address;
  final @Nullable Ejection ejection;

  int open; // requests
  boolean checkedHealthy;
  boolean countsAsHealthy; // in its cluster's count

  /**
   * A new host.
   *
   * @param checkedHealthy whether it counts as healthy before any check
   */
  UpstreamHost(Address address, @Nullable OutlierDetection detection, boolean checkedHealthy) {
    this.address = address;
    this.ejection = detection == null ? null : new Ejection(detection);
    this.checkedHealthy = checkedHealthy;
  }

  boolean isEjected() {
    return ejection != null && ejection.isEjected();
  }

  boolean isHealthy() {
    return checkedHealthy && !isEjected();
  }
}
