package dev.cascade.models.raft;

import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import java.util.List;

/**
 * What a member is told when it starts.
 *
 * @param service whose members they are, as metrics and events name it
 * @param members all of them, this one included, in the same order everywhere; one a host
 * @param timing its clocks
 * @param bootstraps whether a member with an empty disk waits until all others are there and have
 *     empty disks too (Consul's {@code bootstrap_expect}); else it stands for election from the
 *     first (etcd's {@code initial-cluster})
 */
public record RaftSetup(
    String service, List<Address> members, RaftTiming timing, boolean bootstraps) {
  public RaftSetup {
    members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException(
          "The members (0) of " + service + " must be at least 1. Maybe one on each of 3 hosts?");
    }
  }

  /** The number of the member on a host. */
  int numberOn(HostInfo host) {
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).host().equals(host.name())) {
        return i;
      }
    }
    throw new IllegalStateException(
        "The host ("
            + host.name()
            + ") has no member of "
            + service
            + " "
            + members
            + ". Maybe start it on one of theirs?");
  }
}
