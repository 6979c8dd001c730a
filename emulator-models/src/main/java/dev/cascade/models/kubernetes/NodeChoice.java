package dev.cascade.models.kubernetes;

import dev.cascade.models.kubernetes.ClusterView.Node;
import dev.cascade.models.kubernetes.ClusterView.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The scheduler's decision: of the nodes that have room for a pod's requests, those with the best
 * score. What nodes really use plays no part.
 */
final class NodeChoice {
  private final ClusterConfig.Scoring scoring;
  private final Map<String, Double> free = new TreeMap<>();
  private final Map<String, Double> total = new TreeMap<>();

  NodeChoice(ClusterView view, ClusterConfig.Scoring scoring) {
    this.scoring = scoring;
    for (Node node : view.nodes()) {
      if (node.ready()) {
        free.put(node.name(), view.freeCores(node));
        total.put(node.name(), node.cores());
      }
    }
  }

  /** The best nodes for a pod in the order of their names; empty if it fits nowhere. */
  List<String> best(Pod pod) {
    List<String> best = new ArrayList<>();
    double bestScore = Double.NEGATIVE_INFINITY;
    for (Map.Entry<String, Double> node : free.entrySet()) {
      if (BinPacking.fits(pod.cores(), node.getValue())) {
        double score = score(node.getKey(), node.getValue());
        if (score > bestScore) {
          best.clear();
          bestScore = score;
        }
        if (score == bestScore) {
          best.add(node.getKey());
        }
      }
    }
    return best;
  }

  /** Whole steps from 0 to 10, as in the scheduler's priority functions. */
  private double score(String node, double freeCores) {
    double cores = total.getOrDefault(node, 1.0);
    double freeShare = 10 * freeCores / cores;
    return Math.floor(
        scoring == ClusterConfig.Scoring.LEAST_REQUESTED ? freeShare : 10 - freeShare);
  }

  /** A pod was put on a node. */
  void take(Pod pod, String node) {
    free.computeIfPresent(node, (name, cores) -> cores - pod.cores());
  }
}
