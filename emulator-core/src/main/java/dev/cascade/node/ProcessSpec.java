package dev.cascade.node;

import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.apache.pekko.actor.typed.Behavior;

/**
 * All that is said when a process is started: its behavior, its mailbox and what messages cost it.
 *
 * @param <C> what the process understands
 * @param behavior makes the actor; called again after a crash, so state lives in what it returns
 * @param capacity messages the mailbox holds, the one in service included
 * @param overflow what happens to a message that finds the mailbox full
 * @param cost what a message costs, where the message alone decides; {@link Env#costs} replaces it
 * @param lane the lane of a message: lower lanes are served first, first in first out within one
 * @param cpuLimitCores cores that the process and its children may use together; infinite if none
 */
public record ProcessSpec<C>(
    Function<Env<C>, Behavior<C>> behavior,
    int capacity,
    Overflow overflow,
    CostFunction<? super C> cost,
    ToIntFunction<? super C> lane,
    double cpuLimitCores) {

  /** Messages a mailbox holds unless told otherwise: a guess, large enough not to be met idly. */
  public static final int DEFAULT_CAPACITY = 10_000;

  /** Lanes are numbered 0 to 7. */
  public static final int LANES = 8;

  /** No message costs anything. */
  public static final CostFunction<Object> FREE = message -> Cost.FREE;

  /** Every message waits in the same lane. */
  public static final ToIntFunction<Object> ONE_LANE = message -> 0;

  public ProcessSpec {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "The capacity (" + capacity + ") must be at least 1: the message in service counts.");
    }
    if (!(cpuLimitCores > 0)) {
      throw new IllegalArgumentException(
          "The CPU limit (" + cpuLimitCores + " cores) must be positive.");
    }
  }

  /** A process whose messages cost nothing, with the default mailbox. */
  public static <C> ProcessSpec<C> of(Function<Env<C>, Behavior<C>> behavior) {
    return new ProcessSpec<>(
        behavior, DEFAULT_CAPACITY, Overflow.DROP_NEWEST, FREE, ONE_LANE, Double.POSITIVE_INFINITY);
  }

  /** The same with another mailbox. */
  public ProcessSpec<C> mailbox(int newCapacity, Overflow newOverflow) {
    return new ProcessSpec<>(behavior, newCapacity, newOverflow, cost, lane, cpuLimitCores);
  }

  /** The same with other costs. */
  public ProcessSpec<C> cost(CostFunction<? super C> newCost) {
    return new ProcessSpec<>(behavior, capacity, overflow, newCost, lane, cpuLimitCores);
  }

  /** The same with priority lanes. */
  public ProcessSpec<C> lanes(ToIntFunction<? super C> newLane) {
    return new ProcessSpec<>(behavior, capacity, overflow, cost, newLane, cpuLimitCores);
  }

  /** The same with a CPU limit in cores. */
  public ProcessSpec<C> cpuLimit(double cores) {
    return new ProcessSpec<>(behavior, capacity, overflow, cost, lane, cores);
  }
}
