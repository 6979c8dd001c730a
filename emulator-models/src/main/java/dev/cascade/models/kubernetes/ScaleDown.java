package dev.cascade.models.kubernetes;

import dev.cascade.models.kubernetes.ClusterView.Node;
import dev.cascade.models.kubernetes.ClusterView.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which machine of a group is not needed, and has not been for long enough. */
final class ScaleDown {
  private final AutoscalerConfig config;
  private final Map<String, Long> unneededSince = new TreeMap<>();
  private long grownNanos;

  ScaleDown(AutoscalerConfig config) {
    this.config = config;
  }

  /** The cluster grew. */
  void grown(long nowNanos) {
    grownNanos = nowNanos;
  }

  /** Looks at the nodes of a group; one of them at a time may go. */
  Optional<String> candidate(
      ClusterView view, String group, NodeGroup.Description description, long nowNanos) {
    for (Node node : view.nodes()) {
      if (node.group().equals(group)) {
        if (node.ready() && isUnneeded(view, node)) {
          unneededSince.putIfAbsent(node.name(), nowNanos);
        } else {
          unneededSince.remove(node.name());
        }
      }
    }
    boolean mayShrink =
        description.desired() > description.min()
            && view.nodes().size() > config.nodesMin()
            && view.pending().isEmpty()
            && nowNanos - grownNanos >= config.scaleDownAfterAdd().toNanos();
    return view.nodes().stream()
        .filter(node -> mayShrink && node.group().equals(group))
        .map(Node::name)
        .filter(node -> isDue(node, nowNanos))
        .findFirst();
  }

  private boolean isDue(String node, long nowNanos) {
    Long since = unneededSince.get(node);
    return since != null && nowNanos - since >= config.scaleDownUnneeded().toNanos();
  }

  /** Too little is requested there, and that would fit elsewhere. */
  private boolean isUnneeded(ClusterView view, Node node) {
    double free = view.freeCores(node);
    if ((node.cores() - free) / node.cores() >= config.scaleDownThreshold()) {
      return false;
    }
    List<Double> elsewhere = new ArrayList<>();
    for (Node other : view.nodes()) {
      if (other.ready() && !other.name().equals(node.name())) {
        elsewhere.add(view.freeCores(other));
      }
    }
    List<Double> requests = view.podsOn(node.name()).stream().map(Pod::cores).toList();
    return new BinPacking(elsewhere).pack(requests).isEmpty();
  }

  /** A machine was given back. */
  void removed(String node) {
    unneededSince.remove(node);
  }
}
