package dev.cascade.models.aws;

import dev.cascade.models.kubernetes.ClusterConfig;
import dev.cascade.models.kubernetes.DeploymentConfig;
import dev.cascade.node.Address;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Offer;
import dev.cascade.node.Placement;
import dev.cascade.node.Surroundings;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;

/**
 * A load balancer: its control on a host of its own, and in every zone as many nodes as the entry
 * has replicas.
 */
public final class LoadBalancerModel implements Model<LoadBalancerConfig> {
  /** The word that scenarios use. */
  static final String NAME = "load-balancer";

  private static final String CONTROL = "control";
  private static final String NODE = "node";

  /** A load balancer's nodes are never short of CPU: more of them are added before. */
  private static final int CORES = 2;

  /** Where an entry's targets are registered. */
  static Address control(String entry) {
    return Address.of(entry + "-" + CONTROL, LoadBalancerControl.PROCESS);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "An application load balancer whose nodes, one or more in each zone, check all targets.";
  }

  @Override
  public Class<LoadBalancerConfig> configType() {
    return LoadBalancerConfig.class;
  }

  @Override
  public void place(Placement<LoadBalancerConfig> placement) {
    LoadBalancerConfig config = placement.config();
    String entry = placement.entry();
    Address control = control(entry);
    placement.template(
        CONTROL,
        HostSpec.cores(CORES),
        boot -> boot.start(LoadBalancerControl.PROCESS, LoadBalancerControl.spec(entry, config)));
    placement.host(control.host(), "", CONTROL); // it is the provider's, and of no zone
    placement.template(
        NODE,
        HostSpec.cores(CORES),
        boot ->
            boot.start(LoadBalancerNode.PROCESS, LoadBalancerNode.spec(entry, config, control)));
    placement.serves(NODE, LoadBalancerNode.PROCESS);
    for (String zone : placement.zones()) {
      for (int i = 1; i <= placement.replicas(); i++) {
        String name = zone.isEmpty() ? entry + "-node" : entry + "-" + zone;
        placement.host(i == 1 ? name : name + "-" + i, zone, NODE);
      }
    }
  }

  @Override
  public List<MetricInfo> metrics() {
    return List.of(
        MetricInfo.counter(
            "lb_health_checks_total", "Checks issued.", "load_balancer", "target_group", "zone"),
        MetricInfo.counter(
            "lb_health_check_failures_total",
            "Checks that failed, by what came of them.",
            "load_balancer",
            "reason"),
        MetricInfo.counter(
            "lb_requests_total", "Requests answered, by status.", "load_balancer", "status"),
        MetricInfo.gauge(
            "lb_healthy_targets",
            "Targets that a node takes for healthy.",
            "load_balancer",
            "target_group"),
        MetricInfo.gauge("lb_targets", "Targets that are registered.", "load_balancer"),
        MetricInfo.counter(
            "lb_registrations_rejected_total",
            "Targets that were too many to be registered.",
            "load_balancer"));
  }

  @Override
  public List<EventInfo> events() {
    List<String> target = List.of("load_balancer", "target");
    List<String> health = List.of("load_balancer", "target_group", "target");
    return List.of(
        new EventInfo("target-registered", target, "A host became a target."),
        new EventInfo("target-deregistered", target, "A host is no target any more."),
        new EventInfo("target-healthy", health, "A node sends requests to a target."),
        new EventInfo("target-unhealthy", health, "A node sends none to a target any more."),
        new EventInfo(
            "target-group-fails-open",
            List.of("load_balancer", "target_group"),
            "No target is healthy, and a node sends requests to all."));
  }

  @Override
  public Offer offer(String entry, LoadBalancerConfig config, Surroundings others) {
    List<DeploymentConfig> behind = behind(entry, config, others);
    return behind.isEmpty()
        ? Offer.UNKNOWN
        : new Offer(behind.stream().flatMap(pods -> pods.paths().stream()).distinct().toList());
  }

  /** Requests go to target groups in turn: the weakest of those behind bounds them all. */
  @Override
  public double capacityPerSecond(String entry, LoadBalancerConfig config, Surroundings others) {
    List<DeploymentConfig> behind = behind(entry, config, others);
    return behind.size()
        * behind.stream()
            .mapToDouble(DeploymentConfig::capacityPerSecond)
            .min()
            .orElse(Double.POSITIVE_INFINITY);
  }

  /** The deployments that its targets lead to, by the scaling groups that are attached. */
  private static List<DeploymentConfig> behind(
      String entry, LoadBalancerConfig config, Surroundings others) {
    SortedMap<String, ClusterConfig> clusters = others.configs(ClusterConfig.class);
    return others.configs(ScalingGroupConfig.class).values().stream()
        .filter(group -> group.loadBalancers().contains(entry))
        .map(group -> clusters.get(group.cluster()))
        .filter(Objects::nonNull)
        .distinct()
        .flatMap(cluster -> cluster.deployments().stream())
        .filter(
            deployment ->
                config.targetGroups().stream().anyMatch(group -> deployment.isAt(group.process())))
        .toList();
  }

  @Override
  public List<String> estimates(String entry, LoadBalancerConfig config, int replicas) {
    double perTarget =
        config.targetGroups().size() * 1e9 / config.healthCheck().interval().toNanos();
    return List.of(
        String.format(
            Locale.ROOT,
            "%s checks each target %.2f times a second from each zone.",
            entry,
            perTarget * replicas));
  }
}
