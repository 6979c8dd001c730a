package dev.cascade.models.aws;

import dev.cascade.models.aws.LoadBalancerConfig.TargetGroupConfig;
import dev.cascade.models.kubernetes.AutoscalerConfig;
import dev.cascade.models.kubernetes.ClusterConfig;
import dev.cascade.models.kubernetes.KubernetesModel;
import dev.cascade.models.kubernetes.KubernetesNode;
import dev.cascade.models.kubernetes.NodeGroup;
import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Offer;
import dev.cascade.node.Placement;
import dev.cascade.node.Reference;
import dev.cascade.node.Suggestion;
import dev.cascade.node.Surroundings;
import java.util.ArrayList;
import java.util.List;

/** A scaling group on a host of its own, and its instances. */
public final class ScalingGroupModel implements Model<ScalingGroupConfig> {
  static final String INSTANCE = "instance";

  private static final String GROUP = "group";

  /** The host of an entry's group. */
  static String groupHost(String entry) {
    return entry + "-" + GROUP;
  }

  @Override
  public String name() {
    return NodeGroup.MODEL;
  }

  @Override
  public String summary() {
    return "An Auto Scaling group of nodes that registers each of them in its target groups.";
  }

  @Override
  public Class<ScalingGroupConfig> configType() {
    return ScalingGroupConfig.class;
  }

  @Override
  public List<Reference> references(ScalingGroupConfig config) {
    List<Reference> entries = new ArrayList<>();
    entries.add(Reference.to(config.cluster(), KubernetesModel.NAME));
    for (String loadBalancer : config.loadBalancers()) {
      entries.add(Reference.to(loadBalancer, LoadBalancerModel.NAME));
    }
    return entries;
  }

  @Override
  public Offer offer(String entry, ScalingGroupConfig config, Surroundings others) {
    return Offer.NOTHING;
  }

  @Override
  public void check(String entry, ScalingGroupConfig config, Surroundings others) {
    ClusterConfig cluster = others.configs(ClusterConfig.class).get(config.cluster());
    if (cluster != null) {
      checkNodes(entry, config, cluster, others);
      checkPorts(config, cluster, others);
    }
  }

  /** All groups of a cluster together must be able to reach what its autoscaler asks for. */
  private static void checkNodes(
      String entry, ScalingGroupConfig config, ClusterConfig cluster, Surroundings others) {
    AutoscalerConfig autoscaler = cluster.autoscaler();
    if (autoscaler == null || !autoscaler.group().equals(entry)) {
      return;
    }
    int most = others.replicas(config.cluster());
    for (ScalingGroupConfig group : others.configs(ScalingGroupConfig.class).values()) {
      most += group.cluster().equals(config.cluster()) ? group.max() : 0;
    }
    if (autoscaler.nodesMin() > most) {
      others.problem(
          entry,
          "max",
          "The max (%d) is too small: %s must have nodesMin (%d) nodes, and all its groups together cannot have more than (%d). Maybe raise the max?"
              .formatted(config.max(), config.cluster(), autoscaler.nodesMin(), most));
    }
  }

  /** Targets are nodes of this cluster, and take connections at its deployments' ports alone. */
  private static void checkPorts(
      ScalingGroupConfig config, ClusterConfig cluster, Surroundings others) {
    List<String> known =
        cluster.deployments().stream()
            .flatMap(deployment -> deployment.nodePorts().stream())
            .map(KubernetesNode::port)
            .toList();
    for (String name : config.loadBalancers()) {
      LoadBalancerConfig balancer = others.configs(LoadBalancerConfig.class).get(name);
      for (var group : balancer == null ? List.<TargetGroupConfig>of() : balancer.targetGroups()) {
        if (!known.contains(group.process())) {
          others.problem(
              name,
              group.process(),
              "The process (%s) of the target group (%s) is no nodePort of (%s).%s"
                  .formatted(
                      group.process(),
                      group.name(),
                      config.cluster(),
                      Suggestion.maybe(group.process(), known)));
        }
      }
    }
  }

  @Override
  public void place(Placement<ScalingGroupConfig> placement) {
    ScalingGroupConfig config = placement.config();
    String entry = placement.entry();
    int initial = placement.replicas();
    if (initial < config.min() || initial > config.max()) {
      throw new IllegalArgumentException(
          "The replicas ("
              + initial
              + ") of "
              + entry
              + " must lie between the min ("
              + config.min()
              + ") and the max ("
              + config.max()
              + ").");
    }
    List<String> zones = placement.zones();
    placement.template(
        GROUP, HostSpec.cores(1), boot -> bootGroup(boot, entry, config, initial, zones));
    placement.serves(GROUP, ScalingGroup.PROCESS);
    placement.host(groupHost(entry), zones.get(0), GROUP);
    placement.template(
        INSTANCE,
        KubernetesNode.host(config.node()),
        boot -> KubernetesNode.boot(boot, config.node(), config.cluster()));
    placement.starts(INSTANCE, KubernetesNode.POD);
    GroupState first = new GroupState(entry, config.min(), config.max(), initial, zones);
    for (String instance : first.instances()) {
      placement.host(instance, first.zone(instance), INSTANCE);
    }
  }

  private static void bootGroup(
      Boot boot, String entry, ScalingGroupConfig config, int initial, List<String> zones) {
    List<Address> loadBalancers =
        config.loadBalancers().stream().map(LoadBalancerModel::control).toList();
    boot.start(
        ScalingGroup.PROCESS,
        ScalingGroup.spec(
            config,
            loadBalancers,
            () -> new GroupState(entry, config.min(), config.max(), initial, zones)));
  }

  @Override
  public List<Action<ScalingGroupConfig, ?>> actions() {
    return List.of(new ResizeAction());
  }

  @Override
  public List<MetricInfo> metrics() {
    return List.of(
        MetricInfo.gauge("scaling_group_desired", "Instances that a group should have.", "group"));
  }

  @Override
  public List<EventInfo> events() {
    List<String> fields = List.of("group", "instance");
    return List.of(
        new EventInfo(
            "desired-capacity-bounded",
            List.of("group", "asked", "desired"),
            "More or fewer instances were asked for than the bounds admit."),
        new EventInfo("instance-launched", fields, "An instance was asked for."),
        new EventInfo("instance-in-service", fields, "An instance has booted."),
        new EventInfo("instance-terminated", fields, "An instance was given back."));
  }
}
