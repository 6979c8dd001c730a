package dev.cascade.models.aws;

import dev.cascade.models.kubernetes.KubernetesNode;
import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
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
    return "scaling-group";
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
  public List<String> references(ScalingGroupConfig config) {
    List<String> entries = new ArrayList<>(config.loadBalancers());
    entries.add(config.cluster());
    return entries;
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
        new EventInfo("instance-launched", fields, "An instance was asked for."),
        new EventInfo("instance-in-service", fields, "An instance has booted."),
        new EventInfo("instance-terminated", fields, "An instance was given back."));
  }
}
