package dev.cascade.models.kubernetes;

import dev.cascade.models.kubernetes.ClusterView.Node;
import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Keeps what is wanted and what is reported, and tells those who watch. It decides nothing: control
 * loops read it and write to it, and one disk keeps it over a crash, as etcd does.
 */
final class ApiServer extends AbstractBehavior<ApiServer.Command> {
  static final String PROCESS = "apiserver";

  /** The name under which the disk keeps all objects. */
  private static final String ETCD = "etcd";

  /** A small object of the API as JSON, or a call that names one: a guess. */
  static final int OBJECT_BYTES = 1_000;

  /** What it understands. */
  sealed interface Command {}

  /** From other processes. */
  sealed interface Wire extends Command, WireMessage {
    @Override
    default int sizeBytes() {
      return OBJECT_BYTES;
    }
  }

  /**
   * A kubelet says how its node is; the first time this registers the node.
   *
   * @param group the scaling group that the node belongs to
   * @param cores that pods may request in all
   * @param readyPods those that pass their readiness probe
   */
  record NodeStatus(
      Address kubelet, String zone, String group, double cores, List<String> readyPods)
      implements Wire {
    @Override
    public int sizeBytes() {
      return 10 * OBJECT_BYTES; // a node's status lists its images, 10 kB and more: a guess
    }
  }

  /** A proxy wants all services now, and those that change from now on. */
  record WatchServices(Address proxy) implements Wire {}

  /** A control loop asks for everything. */
  record GetCluster(ReplyTo replyTo) implements Wire, WireRequest {}

  record CreatePod(String deployment) implements Wire {}

  record DeletePod(String pod) implements Wire {}

  record BindPod(String pod, String node) implements Wire {}

  /** A machine was given back: its node is forgotten, with its pods. */
  record DeleteNode(String node) implements Wire {}

  /** An operator wants so many pods. */
  record ScaleDeployment(String deployment, int replicas) implements Wire {}

  private enum NodesDue implements Command {
    INSTANCE
  }

  private final Env<Command> env;
  private final ClusterConfig.Control config;

  private final ClusterState state;
  private final TreeSet<Address> watchers = new TreeSet<>();

  private final Map<String, List<Address>> told = new TreeMap<>();

  private ApiServer(Env<Command> env, ClusterConfig config, TimerScheduler<Command> timers) {
    super(env.context());
    this.env = env;
    this.config = config.control();
    this.state = new ClusterState(config.deployments());
    env.disk(Disk.Lifetime.MACHINE).read(ETCD, ClusterView.class).ifPresent(state::restore);
    timers.startTimerWithFixedDelay(NodesDue.INSTANCE, this.config.nodeMonitorPeriod());
  }

  static ProcessSpec<Command> spec(ClusterConfig config) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new ApiServer(env, config, timers)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(NodeStatus.class, this::onNodeStatus)
        .onMessage(WatchServices.class, this::onWatchServices)
        .onMessage(GetCluster.class, this::onGetCluster)
        .onMessage(CreatePod.class, this::onCreatePod)
        .onMessage(DeletePod.class, this::onDeletePod)
        .onMessage(BindPod.class, this::onBindPod)
        .onMessage(DeleteNode.class, this::onDeleteNode)
        .onMessage(ScaleDeployment.class, this::onScaleDeployment)
        .onMessage(NodesDue.class, this::onNodesDue)
        .build();
  }

  private Behavior<Command> onNodeStatus(NodeStatus status) {
    String node = status.kubelet().host();
    if (state.heard(status, env.nowNanos())) {
      env.event("node-ready", "node", node, "group", status.group());
    }
    // In answer to every status, so that an assignment that was lost is repaired by the next one.
    assign(node, status.kubelet());
    return changed();
  }

  private Behavior<Command> onWatchServices(WatchServices watch) {
    watchers.add(watch.proxy());
    env.send(watch.proxy(), new KubeProxy.Services(state.revision(), allServices()));
    return this;
  }

  private Behavior<Command> onGetCluster(GetCluster request) {
    env.reply(request.replyTo(), state.view());
    return this;
  }

  private Behavior<Command> onCreatePod(CreatePod create) {
    state.createPod(create.deployment());
    return changed();
  }

  private Behavior<Command> onDeletePod(DeletePod delete) {
    List<Node> nodes = state.nodes();
    state.deletePod(delete.pod());
    for (Node node : nodes) {
      assign(node.name(), node.kubelet());
    }
    return changed();
  }

  private Behavior<Command> onBindPod(BindPod bind) {
    if (state.bind(bind.pod(), bind.node())) {
      for (Node node : state.nodes()) {
        if (node.name().equals(bind.node())) {
          assign(node.name(), node.kubelet());
        }
      }
    }
    return changed();
  }

  private Behavior<Command> onDeleteNode(DeleteNode delete) {
    if (state.removeNode(delete.node())) {
      forget(delete.node());
    }
    return changed();
  }

  private Behavior<Command> onScaleDeployment(ScaleDeployment scale) {
    if (state.scale(scale.deployment(), scale.replicas())) {
      env.event(
          "deployment-scaled",
          "deployment",
          scale.deployment(),
          "replicas",
          Integer.toString(scale.replicas()));
    }
    return changed();
  }

  private Behavior<Command> onNodesDue(NodesDue due) {
    long now = env.nowNanos();
    Duration grace = config.nodeMonitorGracePeriod();
    for (String node : state.loseNodesSilentSince(now - grace.toNanos())) {
      env.event("node-lost", "node", node);
    }
    Duration eviction = grace.plus(config.podEvictionTimeout());
    for (String node : state.removeNodesSilentSince(now - eviction.toNanos())) {
      forget(node);
    }
    return changed();
  }

  private void forget(String node) {
    env.event("node-removed", "node", node);
    watchers.removeIf(proxy -> proxy.host().equals(node));
  }

  private void assign(String node, Address kubelet) {
    env.send(kubelet, new Kubelet.AssignedPods(state.revision(), state.podsOn(node)));
  }

  /** Keeps what changed, and tells watchers whose services have other endpoints now. */
  private Behavior<Command> changed() {
    ClusterView view = state.view();
    env.disk(Disk.Lifetime.MACHINE).write(ETCD, view);
    env.metrics().gauge("kubernetes_nodes_ready").set(view.readyNodes());
    env.metrics().gauge("kubernetes_pods_pending").set(view.pending().size());
    List<KubeProxy.Service> changed = new ArrayList<>();
    for (KubeProxy.Service service : allServices()) {
      if (!service.endpoints().equals(told.put(service.name(), service.endpoints()))) {
        changed.add(service);
        env.metrics()
            .gauge("kubernetes_service_endpoints", "service", service.name())
            .set(service.endpoints().size());
      }
    }
    if (!changed.isEmpty()) {
      for (Address proxy : watchers) {
        env.send(proxy, new KubeProxy.Services(state.revision(), changed));
      }
    }
    return this;
  }

  private List<KubeProxy.Service> allServices() {
    List<KubeProxy.Service> services = new ArrayList<>();
    for (DeploymentConfig deployment : state.deployments()) {
      services.add(
          new KubeProxy.Service(
              deployment.name(),
              deployment.nodePorts(),
              deployment.externalTrafficPolicy(),
              state.endpoints(deployment.name())));
    }
    return services;
  }
}
