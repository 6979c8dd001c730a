package dev.cascade.models.balancer;

/** Among which hosts least-request looks for the least; Envoy's words. */
public enum SelectionMethod {
  /** Among as many as {@code choiceCount} says, each drawn from all: one may be drawn twice. */
  N_CHOICES,
  /** Among all; of those that have as few, any. */
  FULL_SCAN
}
