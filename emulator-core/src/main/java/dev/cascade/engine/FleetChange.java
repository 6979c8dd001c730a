package dev.cascade.engine;

import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A host comes or goes. It happens in every shard at the same time, so that all know the same
 * hosts.
 */
sealed interface FleetChange {
  /**
   * A host appears and boots.
   *
   * @param asker the actor who wants it, or the method
   */
  record Launch(HostInfo host, Map<String, String> arguments, String asker) implements FleetChange {
    public Launch {
      // Not Map.copyOf, whose order is salted in every JVM: a boot may walk its arguments.
      arguments = Collections.unmodifiableMap(new TreeMap<>(arguments));
    }
  }

  /** A host is gone for good. */
  record Terminate(String name) implements FleetChange {}

  /** One shard's copy of the change. */
  final class Copy extends Parcel {
    private final FleetChange change;
    private final long causeHost;
    private final long causeTurn;

    Copy(FleetChange change, long causeHost, long causeTurn) {
      this.change = change;
      this.causeHost = causeHost;
      this.causeTurn = causeTurn;
    }

    @Override
    Address to() {
      throw new IllegalStateException("A change of the fleet is for every shard.");
    }

    @Override
    public void fire() {
      CauseLog causes = shard().causes();
      if (causes != null && change instanceof Launch launch) {
        causes.launched(launch.host(), causeHost, causeTurn, shard().nowNanos());
      }
      shard().machines().apply(change);
    }
  }
}
