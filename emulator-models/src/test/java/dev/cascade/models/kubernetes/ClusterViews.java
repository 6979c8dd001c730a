package dev.cascade.models.kubernetes;

import dev.cascade.models.kubernetes.ClusterView.Node;
import dev.cascade.models.kubernetes.ClusterView.Pod;
import dev.cascade.node.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Clusters as control loops read them, for tables of calls. */
final class ClusterViews {
  private final List<Node> nodes = new ArrayList<>();
  private final List<Pod> pods = new ArrayList<>();

  static ClusterViews of() {
    return new ClusterViews();
  }

  /** A node of two cores in the group {@code workers}. */
  ClusterViews node(String name) {
    return node(name, "workers", true);
  }

  ClusterViews node(String name, String group, boolean ready) {
    nodes.add(new Node(name, Address.of(name, Kubelet.PROCESS), "a", group, 2, 0, ready));
    return this;
  }

  ClusterViews bound(double cores, String node) {
    pods.add(new Pod("pod-" + pods.size(), "web", cores, node, true));
    return this;
  }

  ClusterViews pending(int count, double cores) {
    for (int i = 0; i < count; i++) {
      pods.add(new Pod("pod-" + pods.size(), "web", cores, null, false));
    }
    return this;
  }

  ClusterView view() {
    return new ClusterView(1, Map.of(), Map.of(), nodes, pods);
  }
}
