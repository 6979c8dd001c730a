package dev.cascade.engine;

import dev.cascade.network.LinkEnd;
import dev.cascade.network.Network;
import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which hosts there are: the same in every shard at the same virtual time. */
final class Directory {
  private final Network network;
  private final Map<String, LinkEnd> ends = new HashMap<>(); // answers, is never walked
  private final Map<String, Map<String, HostInfo>> byEntry = new TreeMap<>();
  private final Map<String, String> serving = new TreeMap<>();
  private final Map<String, Address> registries = new TreeMap<>(); // by the entry they tell of
  private final Map<String, List<Address>> addresses = new HashMap<>(); // until the fleet changes

  Directory(Network network) {
    this.network = network;
  }

  /** A template's hosts serve at this process. */
  void serves(String entry, String template, String process) {
    serving.put(entry + " " + template, process);
  }

  /** Another entry's process knows where this one serves. */
  void registry(String entry, Address registry) {
    if (registries.putIfAbsent(entry, registry) != null) {
      throw new IllegalArgumentException(
          "The entry (" + entry + ") has two registries. Maybe one autoscaler is enough?");
    }
  }

  @Nullable Address registry(String entry) {
    return registries.get(entry);
  }

  LinkEnd add(HostInfo host) {
    LinkEnd end = network.end(host);
    if (ends.putIfAbsent(host.name(), end) != null) {
      throw new IllegalArgumentException(
          "There is a host named (" + host.name() + ") already. Maybe number it on?");
    }
    byEntry.computeIfAbsent(host.entry(), name -> new TreeMap<>()).put(host.name(), host);
    addresses.remove(host.entry());
    return end;
  }

  void remove(String name) {
    LinkEnd end = ends.remove(name);
    if (end != null) {
      hostsOf(end.host().entry()).remove(name);
      addresses.remove(end.host().entry());
    }
  }

  @Nullable LinkEnd end(String host) {
    return ends.get(host);
  }

  int size() {
    return ends.size();
  }

  /** All hosts in the order of their names, entry by entry. */
  List<HostInfo> hosts() {
    List<HostInfo> all = new ArrayList<>();
    for (Map<String, HostInfo> hosts : byEntry.values()) {
      all.addAll(hosts.values());
    }
    return all;
  }

  List<HostInfo> hosts(String entry) {
    return new ArrayList<>(hostsOf(entry).values());
  }

  /** One list for all who ask between two changes: a thousand hosts that boot share it. */
  List<Address> addresses(String entry) {
    return addresses.computeIfAbsent(entry, this::addressesNow);
  }

  private List<Address> addressesNow(String entry) {
    List<Address> now = new ArrayList<>();
    for (HostInfo host : hostsOf(entry).values()) {
      String process = serving.get(entry + " " + host.template());
      if (process != null) {
        now.add(Address.of(host.name(), process));
      }
    }
    return List.copyOf(now);
  }

  private Map<String, HostInfo> hostsOf(String entry) {
    return byEntry.computeIfAbsent(entry, name -> new TreeMap<>());
  }
}
