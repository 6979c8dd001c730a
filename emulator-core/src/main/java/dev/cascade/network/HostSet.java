package dev.cascade.network;

import dev.cascade.node.HostInfo;
import java.util.Set;
import java.util.TreeSet;

/** Hosts that a rule or a fault speaks of. */
public sealed interface HostSet {
  /** Every host. */
  HostSet ALL = new All();

  /** Whether a host is meant. */
  boolean contains(HostInfo host);

  /** The same in words, {@code zone a} or {@code shop-1, shop-3}. */
  String words();

  /** Every host. */
  record All() implements HostSet {
    @Override
    public boolean contains(HostInfo host) {
      return true;
    }

    @Override
    public String words() {
      return "every host";
    }
  }

  /** The hosts of one entry of the topology. */
  record Entry(String entry) implements HostSet {
    @Override
    public boolean contains(HostInfo host) {
      return host.entry().equals(entry);
    }

    @Override
    public String words() {
      return entry;
    }
  }

  /** The hosts of one zone. */
  record Zone(String zone) implements HostSet {
    @Override
    public boolean contains(HostInfo host) {
      return host.zone().equals(zone);
    }

    @Override
    public String words() {
      return "zone " + zone;
    }
  }

  /** Hosts by name. */
  record Named(Set<String> names) implements HostSet {
    public Named {
      names = new TreeSet<>(names);
    }

    @Override
    public boolean contains(HostInfo host) {
      return names.contains(host.name());
    }

    @Override
    public String words() {
      return String.join(", ", names);
    }
  }

  /** All but these. */
  record Not(HostSet others) implements HostSet {
    @Override
    public boolean contains(HostInfo host) {
      return !others.contains(host);
    }

    @Override
    public String words() {
      return "all but " + others.words();
    }
  }
}
