package dev.cascade.models.kubernetes;

import dev.cascade.models.service.Server;
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
import dev.cascade.node.Surroundings;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A cluster's control plane on a host of its own, and nodes. */
public final class KubernetesModel implements Model<ClusterConfig> {
  /** The word that scenarios use. */
  public static final String NAME = "kubernetes";

  private static final String CONTROL = "control";
  private static final String NODE = "node";

  /** Nothing in the control plane is short of CPU: as many cores as it has processes. */
  private static final int CONTROL_CORES = 4;

  /** The host of an entry's control plane. */
  static String controlHost(String entry) {
    return entry + "-" + CONTROL;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "A Kubernetes cluster: deployments, scheduler, autoscaler, kubelets and kube-proxies.";
  }

  @Override
  public Class<ClusterConfig> configType() {
    return ClusterConfig.class;
  }

  @Override
  public List<Reference> references(ClusterConfig config) {
    return config.autoscaler() == null
        ? List.of()
        : List.of(Reference.to(config.autoscaler().group(), NodeGroup.MODEL));
  }

  /** Pods are asked at the nodes' ports, by load balancers; the entry itself is the API server. */
  @Override
  public Offer offer(String entry, ClusterConfig config, Surroundings others) {
    return Offer.NOTHING;
  }

  @Override
  public void place(Placement<ClusterConfig> placement) {
    ClusterConfig config = placement.config();
    String entry = placement.entry();
    placement.template(CONTROL, HostSpec.cores(CONTROL_CORES), boot -> bootControl(boot, config));
    placement.serves(CONTROL, ApiServer.PROCESS);
    placement.host(controlHost(entry), placement.zones().get(0), CONTROL);
    placement.template(
        NODE,
        KubernetesNode.host(config.node()),
        boot -> KubernetesNode.boot(boot, config.node(), entry));
    placement.starts(NODE, KubernetesNode.POD);
    placement.replicas(NODE);
  }

  private static void bootControl(Boot boot, ClusterConfig config) {
    Address apiServer = boot.start(ApiServer.PROCESS, ApiServer.spec(config));
    boot.start(
        "deployment-controller",
        DeploymentController.spec(apiServer, config.control().controllerInterval()));
    boot.start("scheduler", Scheduler.spec(apiServer, config));
    AutoscalerConfig autoscaler = config.autoscaler();
    if (autoscaler != null) {
      List<Address> group = boot.addresses(autoscaler.group());
      if (group.isEmpty()) {
        throw new IllegalStateException(
            "The scaling group (" + autoscaler.group() + ") serves nowhere.");
      }
      boot.start("cluster-autoscaler", ClusterAutoscaler.spec(apiServer, autoscaler, group.get(0)));
    }
  }

  @Override
  public List<Action<ClusterConfig, ?>> actions() {
    return List.of(new ScaleAction());
  }

  @Override
  public List<MetricInfo> metrics() {
    return Stream.concat(Server.metrics().stream(), own().stream()).toList();
  }

  private static List<MetricInfo> own() {
    return List.of(
        MetricInfo.gauge("kubernetes_nodes_ready", "Nodes that were heard of late."),
        MetricInfo.gauge("kubernetes_pods_pending", "Pods that wait for a node."),
        MetricInfo.gauge(
            "kubernetes_service_endpoints", "Pods that may be sent requests.", "service"),
        MetricInfo.counter("scheduler_pods_bound_total", "Pods bound to nodes."),
        MetricInfo.counter(
            "cluster_autoscaler_scaled_up_nodes_total", "Machines asked for.", "group"),
        MetricInfo.counter(
            "cluster_autoscaler_scaled_down_nodes_total", "Machines given back.", "group"),
        MetricInfo.counter("kubelet_probes_total", "Probes by what they found.", "probe", "result"),
        MetricInfo.counter(
            "kubelet_container_restarts_total", "Containers started again.", "service", "reason"),
        MetricInfo.counter(
            "kube_proxy_connections_total",
            "Connections that came in at a NodePort, SYNs sent again included.",
            "service",
            "client"));
  }

  @Override
  public List<EventInfo> events() {
    return List.of(
        new EventInfo("node-ready", List.of("node", "group"), "A node joined, or came back."),
        new EventInfo("node-lost", List.of("node"), "A node was not heard for too long."),
        new EventInfo("node-removed", List.of("node"), "A node was forgotten, with its pods."),
        new EventInfo("pod-ready", List.of("pod"), "A pod may be sent requests."),
        new EventInfo("pod-unready", List.of("pod"), "A pod may no longer be sent requests."),
        new EventInfo("pod-stopped", List.of("pod"), "A pod that is not wanted any more ended."),
        new EventInfo("pod-restarted", List.of("pod", "reason"), "A container is started again."),
        new EventInfo(
            "deployment-scaled",
            List.of("deployment", "replicas"),
            "An operator asked for another number of pods."),
        new EventInfo(
            "cluster-grows", List.of("group", "desired"), "The autoscaler asks for machines."),
        new EventInfo(
            "cluster-shrinks", List.of("group", "node"), "The autoscaler gives a machine back."));
  }

  @Override
  public List<String> estimates(String entry, ClusterConfig config, int replicas) {
    return config.deployments().stream()
        .map(
            deployment ->
                String.format(
                    Locale.ROOT,
                    "%s %s: %d pods request %.1f cores.",
                    entry,
                    deployment.name(),
                    deployment.replicas(),
                    deployment.replicas() * deployment.cores()))
        .toList();
  }
}
