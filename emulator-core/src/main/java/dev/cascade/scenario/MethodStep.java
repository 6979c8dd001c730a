package dev.cascade.scenario;

import dev.cascade.fault.Fault;
import dev.cascade.fault.Target;
import dev.cascade.node.Action;
import dev.cascade.random.DurationText;
import java.time.Duration;

/**
 * One step of the method: when something is done, and what. That it was done is an event of the
 * step's name.
 *
 * @param name unique in the scenario
 * @param trigger when
 * @param deed what
 */
public record MethodStep(String name, Trigger trigger, Deed deed) {
  /**
   * What an operator takes to act on what has become visible, unless a step says otherwise: a
   * guess, somebody who is at the screen already and knows what to do.
   */
  public static final Duration HUMAN_DELAY = Duration.ofMinutes(2);

  /** When a step is done. */
  public sealed interface Trigger {}

  /**
   * At a time of the run.
   *
   * @param time since its start
   */
  public record At(Duration time) implements Trigger {}

  /**
   * Once, when a condition has become visible and a person has had the time to act on it.
   *
   * @param condition an expression, as in properties
   * @param after how long after it first was true
   */
  public record When(String condition, Duration after) implements Trigger {
    public When {
      if (after.isNegative()) {
        throw new IllegalArgumentException(
            "The after (" + DurationText.format(after) + ") cannot be negative.");
      }
    }
  }

  /** What a step does. */
  public sealed interface Deed {}

  /**
   * Injects a fault.
   *
   * @param fault which
   */
  public record Inject(Fault fault) implements Deed {}

  /**
   * Performs what a model offers to its operators.
   *
   * @param <C> the model's configuration
   * @param <P> the action's parameters
   * @param target the entry, and which of its hosts
   * @param action what is done
   * @param parameters how
   */
  public record Operate<C, P>(Target target, Action<C, P> action, P parameters) implements Deed {}
}
