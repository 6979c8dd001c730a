package dev.cascade.models.kubernetes;

import dev.cascade.models.kubernetes.ClusterView.Node;
import dev.cascade.models.kubernetes.ClusterView.Pod;
import dev.cascade.node.Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The objects that the API server keeps, and what each report or decision changes of them. */
final class ClusterState {
  private final Map<String, DeploymentConfig> deployments = new TreeMap<>();
  private final Map<String, Integer> replicas = new TreeMap<>();
  private final Map<String, Integer> created = new TreeMap<>();
  private final Map<String, Node> nodes = new TreeMap<>();
  private final Map<String, Pod> pods = new LinkedHashMap<>();
  private long revision;

  ClusterState(List<DeploymentConfig> deployments) {
    for (DeploymentConfig deployment : deployments) {
      this.deployments.put(deployment.name(), deployment);
      replicas.put(deployment.name(), deployment.replicas());
      created.put(deployment.name(), 0);
    }
  }

  /** Goes on from what was kept. */
  void restore(ClusterView kept) {
    revision = kept.revision();
    replicas.putAll(kept.replicas());
    created.putAll(kept.created());
    kept.nodes().forEach(node -> nodes.put(node.name(), node));
    kept.pods().forEach(pod -> pods.put(pod.name(), pod));
  }

  ClusterView view() {
    return new ClusterView(
        revision,
        new TreeMap<>(replicas),
        new TreeMap<>(created),
        List.copyOf(nodes.values()),
        List.copyOf(pods.values()));
  }

  long revision() {
    return revision;
  }

  List<DeploymentConfig> deployments() {
    return List.copyOf(deployments.values());
  }

  List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  /** A deployment; false if there is none of that name. */
  boolean scale(String deployment, int wanted) {
    if (!deployments.containsKey(deployment)) {
      return false;
    }
    replicas.put(deployment, wanted);
    revision++;
    return true;
  }

  void createPod(String deployment) {
    DeploymentConfig config = deployments.get(deployment);
    if (config != null) {
      int number = created.merge(deployment, 1, Integer::sum);
      String name = deployment + "-" + number;
      pods.put(name, new Pod(name, deployment, config.cores(), null, false));
      revision++;
    }
  }

  /** Forgets a pod: its kubelet will stop it. */
  void deletePod(String pod) {
    if (pods.remove(pod) != null) {
      revision++;
    }
  }

  /** Binds a pod that is pending to a node that is ready; anything else has been overtaken. */
  boolean bind(String pod, String node) {
    Pod known = pods.get(pod);
    Node target = nodes.get(node);
    if (known == null || !known.isPending() || target == null || !target.ready()) {
      return false;
    }
    pods.put(pod, new Pod(pod, known.deployment(), known.cores(), node, false));
    revision++;
    return true;
  }

  /**
   * A kubelet told how its node is.
   *
   * @return whether the node was not known, or not ready
   */
  boolean heard(ApiServer.NodeStatus status, long nowNanos) {
    String name = status.kubelet().host();
    Node before =
        nodes.put(
            name,
            new Node(
                name,
                status.kubelet(),
                status.zone(),
                status.group(),
                status.cores(),
                nowNanos,
                true));
    updatePods(
        pod ->
            name.equals(pod.node()) && pod.ready() != status.readyPods().contains(pod.name())
                ? withReady(pod, !pod.ready())
                : pod);
    boolean isNews = before == null || !before.ready();
    if (isNews) {
      revision++;
    }
    return isNews;
  }

  /** Nodes that were not heard since then are not ready, and neither are their pods. */
  List<String> loseNodesSilentSince(long nanos) {
    List<String> lost = new ArrayList<>();
    for (Node node : List.copyOf(nodes.values())) {
      if (node.ready() && node.lastStatusNanos() < nanos) {
        lost.add(node.name());
        nodes.put(
            node.name(),
            new Node(
                node.name(),
                node.kubelet(),
                node.zone(),
                node.group(),
                node.cores(),
                node.lastStatusNanos(),
                false));
        updatePods(pod -> node.name().equals(pod.node()) ? withReady(pod, false) : pod);
        revision++;
      }
    }
    return lost;
  }

  /** Nodes that were not heard since then are forgotten, with all their pods. */
  List<String> removeNodesSilentSince(long nanos) {
    List<String> removed = new ArrayList<>();
    for (Node node : List.copyOf(nodes.values())) {
      if (node.lastStatusNanos() < nanos && removeNode(node.name())) {
        removed.add(node.name());
      }
    }
    return removed;
  }

  /** Forgets a node with all its pods; false if it is not known. */
  boolean removeNode(String node) {
    if (nodes.remove(node) == null) {
      return false;
    }
    pods.values().removeIf(pod -> node.equals(pod.node()));
    revision++;
    return true;
  }

  /** Where a service's requests may go. */
  List<Address> endpoints(String service) {
    return pods.values().stream()
        .filter(pod -> pod.deployment().equals(service) && pod.ready())
        .flatMap(pod -> pod.address().stream())
        .toList();
  }

  /** What a node should run. */
  List<PodSpec> podsOn(String node) {
    List<PodSpec> specs = new ArrayList<>();
    for (Pod pod : pods.values()) {
      DeploymentConfig deployment = deployments.get(pod.deployment());
      if (node.equals(pod.node()) && deployment != null) {
        specs.add(PodSpec.of(pod.name(), deployment));
      }
    }
    return specs;
  }

  private void updatePods(UnaryOperator<Pod> update) {
    pods.replaceAll(
        (name, pod) -> {
          Pod after = update.apply(pod);
          if (!after.equals(pod)) {
            revision++;
          }
          return after;
        });
  }

  private static Pod withReady(Pod pod, boolean ready) {
    return new Pod(pod.name(), pod.deployment(), pod.cores(), pod.node(), ready);
  }
}
