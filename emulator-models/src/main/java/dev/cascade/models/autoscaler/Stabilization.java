package dev.cascade.models.autoscaler;

import java.util.ArrayDeque;

/** What was wanted lately: replicas are taken away only if none of it would need them. */
final class Stabilization {
  private record Wanted(long atNanos, int replicas) {}

  private final long windowNanos;
  private final ArrayDeque<Wanted> lately = new ArrayDeque<>(); // one for each look in the window

  Stabilization(long windowNanos) {
    this.windowNanos = windowNanos;
  }

  /** What to go for, now that so many are wanted: the most that was wanted in the window. */
  int stable(long nowNanos, int wanted) {
    lately.addLast(new Wanted(nowNanos, wanted));
    while (lately.getFirst().atNanos() < nowNanos - windowNanos) {
      lately.removeFirst();
    }
    return lately.stream().mapToInt(Wanted::replicas).max().orElse(wanted);
  }
}
