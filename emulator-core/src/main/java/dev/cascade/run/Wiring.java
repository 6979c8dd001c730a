package dev.cascade.run;

import dev.cascade.network.HostSet;
import dev.cascade.network.LinkProfile;
import dev.cascade.network.LinkRule;
import dev.cascade.network.NetworkSpec;
import dev.cascade.node.Bandwidth;
import dev.cascade.scenario.Link;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.TopologyEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Draws the engine's network from what the scenario says of links. */
final class Wiring {
  private final Scenario scenario;
  private final Blueprint blueprint;

  Wiring(Scenario scenario, Blueprint blueprint) {
    this.scenario = scenario;
    this.blueprint = blueprint;
  }

  NetworkSpec network() {
    List<LinkRule> rules = new ArrayList<>();
    Link sameZone = scenario.network().sameZone();
    if (sameZone != null) {
      for (String zone : blueprint.zones()) {
        HostSet inside = new HostSet.Zone(zone);
        rules.add(new LinkRule(inside, inside, profile(sameZone)));
      }
    }
    for (dev.cascade.scenario.LinkRule rule : scenario.links()) {
      HostSet from = place(rule.from());
      HostSet to = place(rule.to());
      LinkProfile profile = profile(rule.link());
      rules.add(new LinkRule(from, to, profile));
      if (!rule.oneWay()) {
        rules.add(new LinkRule(to, from, profile));
      }
    }
    return new NetworkSpec(
        profile(scenario.network().defaultLink()),
        rules,
        scenario.network().loopback(),
        scenario.network().synRetransmits(),
        NetworkSpec.INTERFACE_BUFFER_BYTES);
  }

  /** An entry of the topology, a zone, everywhere, or a host. */
  private HostSet place(String name) {
    if (name.equals(dev.cascade.scenario.LinkRule.ANYWHERE)) {
      return HostSet.ALL;
    }
    if (name.startsWith(dev.cascade.scenario.LinkRule.ZONE)) {
      return new HostSet.Zone(name.substring(dev.cascade.scenario.LinkRule.ZONE.length()));
    }
    boolean isEntry = scenario.topology().stream().map(TopologyEntry::name).anyMatch(name::equals);
    return isEntry ? new HostSet.Entry(name) : new HostSet.Named(new TreeSet<>(List.of(name)));
  }

  private static LinkProfile profile(Link link) {
    Bandwidth bandwidth = link.bandwidth();
    return new LinkProfile(
        link.latency(),
        link.jitter(),
        link.latencyMin(),
        link.loss().value(),
        link.duplicate().value(),
        bandwidth == null ? Double.POSITIVE_INFINITY : bandwidth.bytesPerSecond());
  }
}
