package dev.cascade.models.autoscaler;

import java.util.List;

/** How many replicas the load needs: the HorizontalPodAutoscaler's formula. */
final class ReplicaCalculator {
  /** One decision does not make more of them than so many times as many …; Kubernetes'. */
  private static final int SCALE_UP_FACTOR = 2;

  /** … or this, if that is more; Kubernetes'. */
  private static final int SCALE_UP_MINIMUM = 4;

  /** A hair's breadth is no replica: 55 % are 10 % more than 50 %, and no more. */
  private static final double ROUNDING = 1e-9;

  private final double target;
  private final double tolerance;

  ReplicaCalculator(double target, double tolerance) {
    this.target = target;
    this.tolerance = tolerance;
  }

  /**
   * The number wanted: ceil(replicas × utilization / target), with care for those that nothing is
   * known of. Where the others are too busy they count as idle, and where the others are idle as
   * fully used, so that ignorance makes neither more nor fewer.
   *
   * @param replicas that there are, or will be when all have started
   * @param measured the utilization of each that told it
   * @param unknown how many did not, or have not started yet
   */
  int desired(int replicas, List<Double> measured, int unknown) {
    if (measured.isEmpty()) {
      return replicas;
    }
    double sum = measured.stream().mapToDouble(Double::doubleValue).sum();
    double ratio = sum / measured.size() / target;
    if (unknown == 0) {
      return isNear(ratio) ? replicas : ceil(ratio * measured.size());
    }
    double assumed = ratio < 1 ? Math.max(1, target) * unknown : 0;
    int all = measured.size() + unknown;
    double careful = (sum + assumed) / all / target;
    boolean turned = (ratio < 1) != (careful < 1);
    int wanted = ceil(careful * all);
    boolean against = careful < 1 ? wanted > replicas : wanted < replicas;
    return isNear(careful) || turned || against ? replicas : wanted;
  }

  private boolean isNear(double ratio) {
    return Math.abs(ratio - 1) <= tolerance + ROUNDING;
  }

  private static int ceil(double replicas) {
    return (int) Math.ceil(replicas - ROUNDING);
  }

  /** The most that one decision may want. */
  static int limit(int replicas) {
    return Math.max(SCALE_UP_FACTOR * replicas, SCALE_UP_MINIMUM);
  }
}
