package dev.cascade.cli;

import dev.cascade.node.Demand;
import dev.cascade.property.Conclusion.Match;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.TopologyEntry;
import java.util.ArrayList;
import java.util.List;

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
    List<LoadCheck> checks = new ArrayList<>();
    List<Demand> demands =
        scenario.topology().stream().flatMap(entry -> demands(entry).stream()).toList();
    for (TopologyEntry<?> entry : scenario.topology()) {
      double peak = 0;
      double failing = 0;
      for (Demand demand : demands) {
        boolean here = demand.target().equals(entry.name());
        peak += here ? demand.perSecond() : 0;
        failing += here ? demand.perSecondIfAllFail() : 0;
      }
      double capacity = scenario.capacityPerSecond(entry.name());
      if (peak > 0 && Double.isFinite(capacity)) {
        checks.add(new LoadCheck(entry.name(), peak, failing, capacity));
      }
    }
    return checks;
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
