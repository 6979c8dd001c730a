package dev.cascade.node;

/**
 * Tells what a message costs; asked once, when its service starts.
 *
 * @param <C> what the process understands
 */
@FunctionalInterface
public interface CostFunction<C> {
  /** The cost of handling this message now. */
  Cost of(C message);
}
