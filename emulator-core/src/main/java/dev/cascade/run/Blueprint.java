package dev.cascade.run;

import dev.cascade.node.HostInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.scenario.PlacementSketch;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.TopologyEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a scenario places where, worked out without booting anything. */
public final class Blueprint {
  private final Map<String, HostSpec> specs = new TreeMap<>();
  private final List<HostInfo> hosts = new ArrayList<>();
  private final TreeSet<String> zones = new TreeSet<>();

  private Blueprint() {}

  /** Lets all models place their entries. */
  public static Blueprint of(Scenario scenario) {
    Blueprint blueprint = new Blueprint();
    for (TopologyEntry<?> entry : scenario.topology()) {
      blueprint.add(entry);
    }
    return blueprint;
  }

  private <C> void add(TopologyEntry<C> entry) {
    zones.addAll(zonesOf(entry));
    PlacementSketch<C> sketch = PlacementSketch.of(entry);
    sketch.templates().forEach((name, spec) -> specs.put(entry.name() + " " + name, spec));
    for (HostInfo host : sketch.hosts()) {
      zones.add(host.zone());
      hosts.add(host);
    }
  }

  /** The zones that an entry is spread over; one empty string if it names none. */
  static List<String> zonesOf(TopologyEntry<?> entry) {
    return entry.zones().isEmpty() ? List.of("") : entry.zones();
  }

  /** The hosts of the first hour, in the order in which they are declared. */
  public List<HostInfo> hosts() {
    return List.copyOf(hosts);
  }

  /** All zones that have a name, in the order of these. */
  public List<String> zones() {
    return zones.stream().filter(zone -> !zone.isEmpty()).toList();
  }

  /** The hardware of a host. */
  public HostSpec spec(HostInfo host) {
    HostSpec spec = specs.get(host.entry() + " " + host.template());
    if (spec == null) {
      throw new IllegalStateException(
          "The host (%s) has a template (%s) that its entry (%s) does not declare."
              .formatted(host.name(), host.template(), host.entry()));
    }
    return spec;
  }
}
