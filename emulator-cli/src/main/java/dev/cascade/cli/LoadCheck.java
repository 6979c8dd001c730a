package dev.cascade.cli;

import dev.cascade.node.Demand;
import dev.cascade.property.Conclusion.Match;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.TopologyEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is asked of an entry against what it can serve, both worked out from the configuration: a
 * peak above the capacity is an outage that needs no run to be seen, and a peak that only retries
 * lift above it is one that may outlive its cause.
 *
 * @param entry who is asked
 * @param demandPerSecond requests a second at the peak
 * @param demandPerSecondIfAllFail the same with all retries
 * @param capacityPerSecond that it can serve
 */
record LoadCheck(
    String entry,
    double demandPerSecond,
    double demandPerSecondIfAllFail,
    double capacityPerSecond) {

  /** One for each entry whose demand and capacity are known. */
  static List<LoadCheck> of(Scenario scenario) {
    Map<String, List<Demand>> asked = asked(scenario);
    List<LoadCheck> checks = new ArrayList<>();
    for (TopologyEntry<?> entry : scenario.topology()) {
      List<Demand> demands = asked.getOrDefault(entry.name(), List.of());
      double capacity = scenario.capacityPerSecond(entry.name());
      if (!demands.isEmpty() && Double.isFinite(capacity)) {
        double peak = demands.stream().mapToDouble(Demand::perSecond).sum();
        double failing = demands.stream().mapToDouble(Demand::perSecondIfAllFail).sum();
        checks.add(new LoadCheck(entry.name(), peak, failing, capacity));
      }
    }
    return checks;
  }

  /** All demands by who is asked: from entry to entry, round after round, circles cut off. */
  private static Map<String, List<Demand>> asked(Scenario scenario) {
    Map<String, List<Demand>> asked = new LinkedHashMap<>();
    List<Demand> round =
        scenario.topology().stream().flatMap(entry -> demands(entry).stream()).toList();
    for (int hops = 0; hops < scenario.topology().size() && !round.isEmpty(); hops++) {
      List<Demand> next = new ArrayList<>();
      for (Demand demand : round) {
        asked.computeIfAbsent(demand.target(), target -> new ArrayList<>()).add(demand);
        scenario.topology().stream()
            .filter(entry -> entry.name().equals(demand.target()))
            .forEach(entry -> next.addAll(onBehalf(entry, demand)));
      }
      round = summed(next);
    }
    return asked;
  }

  /** One demand for each path, or circles of many calls would have no end. */
  private static List<Demand> summed(List<Demand> demands) {
    Map<String, Demand> sums = new LinkedHashMap<>();
    for (Demand demand : demands) {
      sums.merge(demand.target() + demand.path(), demand, Demand::plus);
    }
    return List.copyOf(sums.values());
  }

  private static <C> List<Demand> onBehalf(TopologyEntry<C> entry, Demand demand) {
    return entry.model().demandsOnBehalf(entry.config(), demand);
  }

  private static <C> List<Demand> demands(TopologyEntry<C> entry) {
    return entry.model().demands(entry.config(), entry.replicas());
  }

  String sentence(Paint paint) {
    boolean over = demandPerSecond > capacityPerSecond;
    boolean overIfFailing = demandPerSecondIfAllFail > capacityPerSecond;
    String failing =
        demandPerSecondIfAllFail > demandPerSecond
            ? ", %s if all attempts fail".formatted(percent(demandPerSecondIfAllFail))
            : "";
    return "%s %s is asked %s/s of the %s/s that it can serve: %s%s"
        .formatted(
            paint.mark(over ? Match.DEVIATED : overIfFailing ? Match.INCONCLUSIVE : Match.MET),
            entry,
            Figures.of(demandPerSecond),
            Figures.of(capacityPerSecond),
            percent(demandPerSecond),
            failing);
  }

  private String percent(double demand) {
    return Figures.of(Math.rint(100 * demand / capacityPerSecond)) + " %";
  }
}
