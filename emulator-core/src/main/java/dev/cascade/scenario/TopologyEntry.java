package dev.cascade.scenario;

import dev.cascade.node.Model;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One entry of the topology, or one load: a model with its configuration.
 *
 * @param <C> the model's configuration
 * @param name unique among entries and loads; host names begin with it by habit
 * @param model what it is
 * @param config how it is set up
 * @param replicas how many of it there are at the start
 * @param zones the zones to spread over, in turn; one without a name if empty
 * @param labels for the selection of targets
 */
public record TopologyEntry<C>(
    String name,
    Model<C> model,
    C config,
    int replicas,
    List<String> zones,
    Map<String, String> labels) {
  /** Ten times the hosts that a run can hold in the memory of one machine. */
  public static final int MAX_REPLICAS = 1_000_000;

  public TopologyEntry {
    if (!name.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?")) {
      throw new IllegalArgumentException(
          "The name ("
              + name
              + ") may hold only a-z, 0-9 and, inside, '-': hosts are named after"
              + " it.");
    }
    if (replicas < 0 || replicas > MAX_REPLICAS) {
      throw new IllegalArgumentException(
          "The replicas (%d) must lie between 0 and %d.".formatted(replicas, MAX_REPLICAS));
    }
    zones = List.copyOf(zones);
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** Whether a place is an entry or, by the names of hosts, one of its hosts. */
  static boolean owns(String entry, String place) {
    return place.equals(entry) || place.startsWith(entry + "-");
  }
}
