package dev.cascade.scenario;

import dev.cascade.node.Offer;
import dev.cascade.node.Surroundings;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The entries of a scenario, as models see them. */
final class Neighbours implements Surroundings {
  private final SortedMap<String, TopologyEntry<?>> entries = new TreeMap<>();
  private final Complaints complaints;

  /** Who is being asked now: entries may lead to each other in a circle, which leads nowhere. */
  private final TreeSet<String> asking = new TreeSet<>();

  /** Who hears what is wrong with an entry, and where in it. */
  interface Complaints {
    void hear(String entry, String where, String message);
  }

  Neighbours(List<TopologyEntry<?>> topology, Complaints complaints) {
    topology.forEach(entry -> entries.put(entry.name(), entry));
    this.complaints = complaints;
  }

  @Override
  public <T> SortedMap<String, T> configs(Class<T> type) {
    SortedMap<String, T> found = new TreeMap<>();
    entries.forEach(
        (name, entry) -> {
          if (type.isInstance(entry.config())) {
            found.put(name, type.cast(entry.config()));
          }
        });
    return found;
  }

  @Override
  public int replicas(String entry) {
    TopologyEntry<?> found = entries.get(entry);
    return found == null ? 0 : found.replicas();
  }

  @Override
  public Offer offer(String entry) {
    TopologyEntry<?> found = entries.get(entry);
    if (found == null || !asking.add(entry)) {
      return Offer.UNKNOWN;
    }
    try {
      return offer(found);
    } finally {
      asking.remove(entry);
    }
  }

  private <C> Offer offer(TopologyEntry<C> entry) {
    return entry.model().offer(entry.name(), entry.config(), this);
  }

  @Override
  public double capacityPerSecond(String entry) {
    TopologyEntry<?> found = entries.get(entry);
    if (found == null || !asking.add(entry)) {
      return Double.POSITIVE_INFINITY;
    }
    try {
      return capacityPerSecond(found);
    } finally {
      asking.remove(entry);
    }
  }

  private <C> double capacityPerSecond(TopologyEntry<C> entry) {
    return entry.model().capacityPerSecond(entry.name(), entry.config(), this);
  }

  @Override
  public List<String> offering() {
    return entries.keySet().stream()
        .filter(
            name -> {
              List<String> paths = offer(name).paths();
              return paths != null && !paths.isEmpty();
            })
        .toList();
  }

  @Override
  public void problem(String entry, String where, String message) {
    complaints.hear(entry, where, message);
  }
}
