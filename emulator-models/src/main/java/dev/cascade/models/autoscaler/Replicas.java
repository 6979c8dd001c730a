package dev.cascade.models.autoscaler;

import dev.cascade.node.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/** The replicas of one service: those that serve, that start, and that are to go. */
final class Replicas {
  private final String service;
  private final TreeMap<Integer, Address> serving = new TreeMap<>(); // by number
  private final TreeSet<Integer> starting = new TreeSet<>();
  private final TreeSet<Integer> unwanted = new TreeSet<>(); // starting, but to go
  private final TreeSet<Integer> draining = new TreeSet<>();
  private int last;

  /** The replicas of the start, or those that an autoscaler finds that was started again. */
  Replicas(String service, List<Address> first) {
    this.service = service;
    for (Address address : first) {
      serving.put(number(address.host()), address);
    }
    last = serving.isEmpty() ? 0 : serving.lastKey();
  }

  /** What is kept over a crash: what the addresses of the hosts alone do not tell. */
  record Kept(int last, List<Integer> starting, List<Integer> unwanted, List<Integer> draining) {}

  Kept kept() {
    return new Kept(last, List.copyOf(starting), List.copyOf(unwanted), List.copyOf(draining));
  }

  /** Goes on from what was kept. */
  void restore(Kept kept) {
    last = Math.max(last, kept.last());
    kept.draining().forEach(serving::remove);
    draining.addAll(kept.draining());
    for (int number : kept.unwanted()) {
      (serving.remove(number) == null ? unwanted : draining).add(number);
    }
    kept.starting().stream().filter(n -> !serving.containsKey(n)).forEach(starting::add);
  }

  private static int number(String host) {
    return Integer.parseInt(host.substring(host.lastIndexOf('-') + 1));
  }

  String host(int number) {
    return service + "-" + number;
  }

  /** Those that are to serve, now or when they have started. */
  int size() {
    return serving.size() + starting.size();
  }

  int starting() {
    return starting.size();
  }

  List<Address> serving() {
    return List.copyOf(serving.values());
  }

  List<Integer> draining() {
    return List.copyOf(draining);
  }

  /** Numbers one more, which starts now. */
  int start() {
    starting.add(++last);
    return last;
  }

  /** A host has started; false if it is known, or not wanted any more. */
  boolean started(Address address) {
    int number = number(address.host());
    if (starting.remove(number)) {
      serving.put(number, address);
      return true;
    }
    return false;
  }

  /** The number of a host that has started but is to go: it is draining from now on. */
  OptionalInt startedInVain(Address address) {
    int number = number(address.host());
    if (!unwanted.remove(number)) {
      return OptionalInt.empty();
    }
    draining.add(number);
    return OptionalInt.of(number);
  }

  /** Takes so many away, the newest first, as Kubernetes does; returns those that served. */
  List<Integer> remove(int count) {
    List<Integer> served = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (!starting.isEmpty()) {
        unwanted.add(starting.last());
        starting.remove(starting.last());
      } else if (!serving.isEmpty()) {
        int newest = serving.lastKey();
        serving.remove(newest);
        draining.add(newest);
        served.add(newest);
      }
    }
    return served;
  }

  /** It is gone. */
  void gone(int number) {
    draining.remove(number);
  }
}
