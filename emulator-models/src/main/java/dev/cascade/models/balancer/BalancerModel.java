package dev.cascade.models.balancer;

import dev.cascade.models.discovery.Upstream;
import dev.cascade.node.Demand;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Offer;
import dev.cascade.node.Placement;
import dev.cascade.node.Reference;
import dev.cascade.node.Surroundings;
import java.util.List;
import java.util.Locale;

/** Proxies on hosts of their own. */
public final class BalancerModel implements Model<BalancerConfig> {
  private static final String TEMPLATE = "proxy";

  @Override
  public String name() {
    return "balancer";
  }

  @Override
  public String summary() {
    return "A proxy that spreads requests over the hosts of an entry, and avoids those not well.";
  }

  @Override
  public Class<BalancerConfig> configType() {
    return BalancerConfig.class;
  }

  @Override
  public void place(Placement<BalancerConfig> placement) {
    BalancerConfig config = placement.config();
    String balancer = placement.entry();
    placement.template(
        TEMPLATE,
        HostSpec.cores(config.cores()),
        boot ->
            boot.start(
                Proxy.PROCESS, Proxy.spec(balancer, config, Upstream.of(boot, config.target()))));
    placement.serves(TEMPLATE, Proxy.PROCESS);
    placement.replicas(TEMPLATE);
  }

  @Override
  public List<Reference> references(BalancerConfig config) {
    return List.of(Reference.to(config.target()));
  }

  @Override
  public List<MetricInfo> metrics() {
    return ProxyMeter.DOCUMENTATION;
  }

  @Override
  public List<EventInfo> events() {
    return ProxyMeter.EVENTS;
  }

  @Override
  public List<String> estimates(String entry, BalancerConfig config, int replicas) {
    double rate = ownPerSecond(config, replicas);
    return Double.isInfinite(rate)
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "%s can hand on %.0f/s to %s: %d x one thread, %.3f ms of CPU each.",
                entry,
                rate,
                config.target(),
                replicas,
                config.cpu().mean().toNanos() / 1e6));
  }

  @Override
  public void check(String entry, BalancerConfig config, Surroundings others) {
    if (config.target().equals(entry)) {
      others.problem(
          entry,
          config.target(),
          "The target (%s) is the balancer itself. Maybe the service behind it?".formatted(entry));
    }
  }

  @Override
  public Offer offer(String entry, BalancerConfig config, Surroundings others) {
    return others.offer(config.target());
  }

  @Override
  public List<Demand> demandsOnBehalf(BalancerConfig config, Demand asked) {
    return List.of(
        new Demand(config.target(), asked.path(), asked.perSecond(), asked.perSecondIfAllFail()));
  }

  /** Its own, or that of those behind it. */
  @Override
  public double capacityPerSecond(String entry, BalancerConfig config, Surroundings others) {
    return Math.min(
        ownPerSecond(config, others.replicas(entry)), others.capacityPerSecond(config.target()));
  }

  private static double ownPerSecond(BalancerConfig config, int replicas) {
    double cpu = config.cpu().mean().toNanos() / 1e9;
    return cpu == 0 ? Double.POSITIVE_INFINITY : replicas / cpu;
  }
}
