package dev.cascade.node;

/**
 * What an operator can do to an entry of the topology. It runs in every shard at the same virtual
 * time, so it must decide from its arguments alone.
 *
 * @param <C> the model's configuration
 * @param <P> the action's parameters, a record that Jackson reads from the step's own keys
 */
public interface Action<C, P> {
  /** The word that a step uses, {@code scale}. */
  String name();

  /** One sentence for the documentation. */
  String summary();

  /** The record that holds the step's own keys. */
  Class<P> parameters();

  /**
   * Checks the parameters of a step when its scenario is loaded.
   *
   * @throws IllegalArgumentException if an entry with this configuration cannot do that
   */
  default void check(C config, P parameters) {}

  /** Does it. */
  void perform(Operation<C> operation, P parameters);
}
