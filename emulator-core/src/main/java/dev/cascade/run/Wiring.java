package dev.cascade.run;

import dev.cascade.network.HostSet;
import dev.cascade.network.LinkProfile;
import dev.cascade.network.LinksBetween;
import dev.cascade.network.NetworkPlan;
import dev.cascade.node.Bandwidth;
import dev.cascade.scenario.Link;
import dev.cascade.scenario.LinkRule;
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

  NetworkPlan network() {
    List<LinksBetween> rules = new ArrayList<>();
    Link sameZone = scenario.network().sameZone();
    if (sameZone != null) {
      for (String zone : blueprint.zones()) {
        HostSet inside = new HostSet.Zone(zone);
        rules.add(new LinksBetween(inside, inside, profile(sameZone)));
      }
    }
    for (LinkRule rule : scenario.links()) {
      HostSet from = place(rule.from());
      HostSet to = place(rule.to());
      LinkProfile profile = profile(rule.link());
      rules.add(new LinksBetween(from, to, profile));
      if (!rule.oneWay()) {
        rules.add(new LinksBetween(to, from, profile));
      }
    }
    return new NetworkPlan(
        profile(scenario.network().defaultLink()),
        rules,
        scenario.network().loopback(),
        scenario.network().synRetransmits(),
        NetworkPlan.INTERFACE_BUFFER_BYTES);
  }

  /** An entry of the topology, a zone, everywhere, or a host. */
  private HostSet place(String name) {
    if (name.equals(LinkRule.ANYWHERE)) {
      return HostSet.ALL;
    }
    if (name.startsWith(LinkRule.ZONE)) {
      return new HostSet.Zone(name.substring(LinkRule.ZONE.length()));
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
