package dev.cascade.models.kubernetes;

import dev.cascade.models.kubernetes.ClusterView.Node;
import dev.cascade.models.kubernetes.ClusterView.Pod;
import java.util.ArrayList;
import java.util.List;

/**
 * The autoscaler's arithmetic: how many more machines of a group the pods that wait would fill,
 * after what is free and what is on its way.
 */
final class ScaleUp {
  private final ClusterView view;
  private final AutoscalerConfig config;

  ScaleUp(ClusterView view, AutoscalerConfig config) {
    this.view = view;
    this.config = config;
  }

  /** Machines of the group that were asked for and have not joined yet. */
  int upcoming(String group, NodeGroup.Description description) {
    long joined = view.nodes().stream().filter(node -> node.group().equals(group)).count();
    return Math.max(0, description.desired() - (int) joined);
  }

  /** How many machines the group should have. */
  int desired(String group, NodeGroup.Description description) {
    int upcoming = upcoming(group, description);
    List<Double> free = new ArrayList<>();
    for (Node node : view.nodes()) {
      if (node.ready()) {
        free.add(view.freeCores(node));
      }
    }
    for (int i = 0; i < upcoming; i++) {
      free.add(description.cores());
    }
    List<Double> requests = view.pending().stream().map(Pod::cores).toList();
    int nodes = view.nodes().size() + upcoming;
    int more = BinPacking.nodesFor(new BinPacking(free).pack(requests), description.cores());
    more = Math.max(more, config.nodesMin() - nodes);
    more = Math.min(more, config.nodesMax() - nodes);
    more = Math.min(more, description.max() - description.desired());
    return description.desired() + Math.max(0, more);
  }
}
