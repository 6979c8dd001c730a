package dev.cascade.run;

import dev.cascade.engine.Engine;
import dev.cascade.fault.Target;
import dev.cascade.network.HostSet;
import dev.cascade.node.Address;
import dev.cascade.node.HostInfo;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.TopologyEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Chooses what a step is done to. Candidates stand in the order of their names, and what is drawn
 * comes from a stream of the step's own, so that the choice does not depend on shards.
 */
final class Targets {
  private final Engine engine;
  private final Map<String, Map<String, String>> labelsOfEntry = new TreeMap<>();

  Targets(Engine engine, Scenario scenario) {
    this.engine = engine;
    for (TopologyEntry<?> entry : scenario.topology()) {
      labelsOfEntry.put(entry.name(), entry.labels());
    }
  }

  /** Of all hosts that match, those that the mode chooses. */
  List<HostInfo> all(Target target, String step) {
    return choose(target, step, host -> true);
  }

  /**
   * Of the hosts that match and have power, and on which the target's process runs if it names one,
   * those that the mode chooses.
   */
  List<HostInfo> running(Target target, String step) {
    String process = target.process();
    return choose(
        target,
        step,
        host ->
            process == null
                ? engine.isUp(host.name())
                : engine.isRunning(Address.of(host.name(), process)));
  }

  private List<HostInfo> choose(Target target, String step, Predicate<HostInfo> among) {
    List<HostInfo> candidates =
        engine.hosts().stream()
            .filter(host -> matches(target, host) && among.test(host))
            .sorted(Comparator.comparing(HostInfo::name))
            .toList();
    return target.choose(candidates, engine.random(step));
  }

  private boolean matches(Target target, HostInfo host) {
    return target.matches(host, labelsOfEntry.getOrDefault(host.entry(), new TreeMap<>()));
  }

  /**
   * The hosts of a target as the network knows them. Where all of an entry or a zone are meant,
   * those that come later are meant too.
   */
  List<HostSet> sets(Target target, String step) {
    String name = target.name();
    boolean wholesale = target.meansAll();
    if (wholesale && name == null) {
      List<HostSet> zones = new ArrayList<>();
      target.zones().forEach(zone -> zones.add(new HostSet.Zone(zone)));
      return zones.isEmpty() ? List.of(HostSet.ALL) : zones;
    }
    if (wholesale && name != null && target.zones().isEmpty() && labelsOfEntry.containsKey(name)) {
      return List.of(new HostSet.Entry(name));
    }
    TreeSet<String> names = new TreeSet<>();
    all(target, step).forEach(host -> names.add(host.name()));
    return List.of(new HostSet.Named(names));
  }
}
