package dev.cascade.models.autoscaler;

import dev.cascade.models.service.ServiceConfig;
import dev.cascade.node.Address;
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

/** An autoscaler of a service, on a host of its own. */
public final class AutoscalerModel implements Model<AutoscalerConfig> {
  private static final String TEMPLATE = "autoscaler";

  @Override
  public String name() {
    return "autoscaler";
  }

  @Override
  public String summary() {
    return "Adds and takes away replicas of a service as Kubernetes' HorizontalPodAutoscaler does.";
  }

  @Override
  public Class<AutoscalerConfig> configType() {
    return AutoscalerConfig.class;
  }

  @Override
  public Offer offer(String entry, AutoscalerConfig config, Surroundings others) {
    return Offer.NOTHING;
  }

  @Override
  public void place(Placement<AutoscalerConfig> placement) {
    if (placement.replicas() != 1) {
      throw new IllegalArgumentException(
          "The replicas ("
              + placement.replicas()
              + ") of the autoscaler "
              + placement.entry()
              + " must be 1: several would all scale the service. Maybe leave them out?");
    }
    AutoscalerConfig config = placement.config();
    List<String> zones = placement.zones();
    String host = placement.entry() + "-1";
    placement.template(
        TEMPLATE,
        HostSpec.cores(1),
        boot ->
            boot.start(
                Autoscaler.PROCESS,
                Autoscaler.spec(config, zones, boot.addresses(config.target()))));
    placement.registry(config.target(), Address.of(host, Autoscaler.PROCESS));
    placement.host(host, zones.get(0), TEMPLATE);
  }

  @Override
  public List<Reference> references(AutoscalerConfig config) {
    return List.of(Reference.to(config.target(), "service"));
  }

  @Override
  public void check(String entry, AutoscalerConfig config, Surroundings others) {
    int first = others.replicas(config.target());
    if (others.configs(ServiceConfig.class).containsKey(config.target())
        && (first < config.minReplicas() || first > config.maxReplicas())) {
      others.problem(
          entry,
          "minReplicas",
          "The replicas (%d) of %s must lie between the minReplicas (%d) and the maxReplicas (%d)."
              .formatted(first, config.target(), config.minReplicas(), config.maxReplicas()));
    }
    others
        .configs(AutoscalerConfig.class)
        .forEach(
            (other, its) -> {
              if (other.compareTo(entry) < 0 && its.target().equals(config.target())) {
                others.problem(
                    entry,
                    "target",
                    "The service (%s) is scaled by (%s) already. Maybe one autoscaler is enough?"
                        .formatted(config.target(), other));
              }
            });
  }

  @Override
  public List<MetricInfo> metrics() {
    return List.of(
        MetricInfo.gauge(
            "autoscaler_desired_replicas",
            "Replicas that there are to be, those that start included.",
            "autoscaler",
            "service"),
        MetricInfo.gauge(
            "autoscaler_ready_replicas",
            "Replicas that balancers and clients are told of.",
            "autoscaler",
            "service"),
        MetricInfo.gauge(
            "autoscaler_utilization",
            "The metric at the last look, 0 to 1, averaged over those that told it.",
            "autoscaler",
            "service"));
  }

  @Override
  public List<EventInfo> events() {
    List<String> replica = List.of("autoscaler", "service", "replica");
    return List.of(
        new EventInfo(
            "service-scaled",
            List.of("autoscaler", "service", "from", "to"),
            "There are to be more or fewer replicas."),
        new EventInfo("replica-ready", replica, "A new replica has said that it serves."),
        new EventInfo("replica-draining", replica, "A replica is told to nobody any more."),
        new EventInfo("replica-terminated", replica, "A replica's host is gone."));
  }

  @Override
  public List<String> estimates(String entry, AutoscalerConfig config, int replicas) {
    double worst = config.syncPeriod().multipliedBy(2).plus(config.startTime()).toNanos() / 1e9;
    return List.of(
        String.format(
            Locale.ROOT,
            "%s needs up to %.0f s until a new replica of %s serves: it looks every %.0f s, at an"
                + " average over so long, and a replica starts for %.0f s.",
            entry,
            worst,
            config.target(),
            config.syncPeriod().toNanos() / 1e9,
            config.startTime().toNanos() / 1e9));
  }
}
