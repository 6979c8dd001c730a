package dev.cascade.node;

import java.util.List;

/**
 * A kind of thing that scenarios can place: found by {@link java.util.ServiceLoader}, so that a
 * user's own jar adds one.
 *
 * @param <C> its configuration, a record that Jackson reads and whose constructor checks relations
 */
public interface Model<C> {
  /** The word that scenarios use, {@code service}. */
  String name();

  /** One sentence for {@code cascade list models}. */
  String summary();

  /**
   * The record that an entry's {@code config} is read into, by Jackson's annotations. A key may be
   * left out if its component is {@code @Nullable}, has a {@code JsonProperty.defaultValue},
   * written as in the file, or is a list or map, which is then empty.
   */
  Class<C> configType();

  /** Puts an entry's processes on hosts. Called once for each entry in every shard. */
  void place(Placement<C> placement);

  /** Other entries that this configuration refers to; they must exist, and be of such a model. */
  default List<Reference> references(C config) {
    return List.of();
  }

  /** Tells what is wrong with an entry among the others; called when a scenario is loaded. */
  default void check(String entry, C config, Surroundings others) {}

  /** What operators can do to an entry, beside the faults that the engine knows. */
  default List<Action<C, ?>> actions() {
    return List.of();
  }

  /** The metrics that its processes keep. */
  default List<MetricInfo> metrics() {
    return List.of();
  }

  /** The events that its processes record. */
  default List<EventInfo> events() {
    return List.of();
  }

  /**
   * Expected load at each place, for {@code cascade plan}: sentences with numbers, worked out from
   * the configuration alone.
   */
  default List<String> estimates(String entry, C config, int replicas) {
    return List.of();
  }

  /** What it answers to those who ask it for paths; called when a scenario is loaded. */
  default Offer offer(String entry, C config, Surroundings others) {
    return Offer.UNKNOWN;
  }

  /**
   * Requests a second that an entry can serve at most, with all its replicas and what stands behind
   * it; infinite if there is no such bound, or nobody can tell.
   */
  default double capacityPerSecond(String entry, C config, Surroundings others) {
    return Double.POSITIVE_INFINITY;
  }

  /** What it asks of other entries of its own at most; empty if that is not known before. */
  default List<Demand> demands(C config, int replicas) {
    return List.of();
  }

  /** What it asks of others when it is asked for something itself; empty if nothing is known. */
  default List<Demand> demandsOnBehalf(C config, Demand asked) {
    return List.of();
  }
}
