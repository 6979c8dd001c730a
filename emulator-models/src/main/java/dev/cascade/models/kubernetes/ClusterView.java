package dev.cascade.models.kubernetes;

import dev.cascade.node.Address;
import dev.cascade.node.WireMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the API server holds, as control loops read it and as its disk keeps it.
 *
 * @param revision grows with every change
 * @param replicas wanted for each deployment, in the order of their names
 * @param created pods ever made of each deployment, which number the next one
 * @param nodes in the order of their names
 * @param pods in the order of their creation
 */
record ClusterView(
    long revision,
    Map<String, Integer> replicas,
    Map<String, Integer> created,
    List<Node> nodes,
    List<Pod> pods)
    implements WireMessage {
  /** A pod or a node as JSON is some kilobytes, status included: a guess. */
  private static final int OBJECT_BYTES = 3_000;

  @Override
  public int sizeBytes() {
    return OBJECT_BYTES * (1 + nodes.size() + pods.size());
  }

  /**
   * A machine that joined.
   *
   * @param kubelet who runs its pods
   * @param group the scaling group that it belongs to
   * @param cores that pods may request in all
   * @param lastStatusNanos when its kubelet was last heard
   * @param ready whether it was heard of late
   */
  record Node(
      String name,
      Address kubelet,
      String zone,
      String group,
      double cores,
      long lastStatusNanos,
      boolean ready) {}

  /**
   * A pod that is wanted.
   *
   * @param cores that it requests
   * @param node that it is bound to, or null while it is pending
   * @param ready whether its kubelet says that it may be sent requests
   */
  record Pod(String name, String deployment, double cores, @Nullable String node, boolean ready) {
    boolean isPending() {
      return node == null;
    }

    /** Where it listens, once it is bound. */
    Optional<Address> address() {
      return Optional.ofNullable(node).map(host -> Address.of(host, Kubelet.process(name)));
    }
  }

  /** Pods that wait for a node. */
  List<Pod> pending() {
    return pods.stream().filter(Pod::isPending).toList();
  }

  /** Nodes that were heard of late. */
  int readyNodes() {
    return (int) nodes.stream().filter(Node::ready).count();
  }

  /** Cores of a node that no pod requests. */
  double freeCores(Node node) {
    double free = node.cores();
    for (Pod pod : pods) {
      if (node.name().equals(pod.node())) {
        free -= pod.cores();
      }
    }
    return free;
  }

  /** The pods bound to a node. */
  List<Pod> podsOn(String node) {
    return pods.stream().filter(pod -> node.equals(pod.node())).toList();
  }
}
