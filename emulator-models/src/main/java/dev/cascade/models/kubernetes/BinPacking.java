package dev.cascade.models.kubernetes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How many pods fit where, by their requests alone. */
final class BinPacking {
  /** Requests are decimal fractions of a core: sums of them are not exact. */
  private static final double EPSILON = 1e-9;

  private final List<Double> free = new ArrayList<>();

  /** Nodes with so many cores left. */
  BinPacking(List<Double> freeCores) {
    free.addAll(freeCores);
  }

  static boolean fits(double cores, double freeCores) {
    return cores <= freeCores + EPSILON;
  }

  /** Puts those pods that fit, the largest first, each on the first node with room. */
  List<Double> pack(List<Double> requests) {
    List<Double> left = new ArrayList<>();
    for (double cores : descending(requests)) {
      if (!place(cores)) {
        left.add(cores);
      }
    }
    return left;
  }

  /**
   * How many new nodes of a size pods need, as the autoscaler estimates it (first fit, decreasing).
   * Pods that fit on no such node are left out: a node for them would stay empty.
   */
  static int nodesFor(List<Double> requests, double coresOfNode) {
    BinPacking packing = new BinPacking(List.of());
    for (double cores : descending(requests)) {
      if (fits(cores, coresOfNode) && !packing.place(cores)) {
        packing.free.add(coresOfNode - cores);
      }
    }
    return packing.free.size();
  }

  private boolean place(double cores) {
    for (int i = 0; i < free.size(); i++) {
      if (fits(cores, free.get(i))) {
        free.set(i, free.get(i) - cores);
        return true;
      }
    }
    return false;
  }

  private static List<Double> descending(List<Double> requests) {
    List<Double> sorted = new ArrayList<>(requests);
    sorted.sort(Collections.reverseOrder());
    return sorted;
  }
}
