package dev.cascade.engine;

import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import java.util.List;
import java.util.function.Consumer;

/**
 * One entry of the topology, ready to be placed.
 *
 * @param name unique in the scenario
 * @param place puts its processes on hosts; called once in every shard
 * @param replicas how many are asked for
 * @param zones where, at least one; one empty string if the scenario names none
 */
public record Entry(String name, Consumer<EntryPlacement> place, int replicas, List<String> zones) {

  /** An entry of a model. */
  public static <C> Entry of(
      String name, Model<C> model, C config, int replicas, List<String> zones) {
    return new Entry(
        name, placement -> model.place(placement.with(config)), replicas, List.copyOf(zones));
  }

  /** An entry without a model, for tests and embedding. */
  public static Entry of(String name, int replicas, Consumer<Placement<Void>> place) {
    return new Entry(name, placement -> place.accept(placement.without()), replicas, List.of(""));
  }
}
