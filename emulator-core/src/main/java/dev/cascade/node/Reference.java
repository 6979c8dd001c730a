package dev.cascade.node;

import java.util.List;

/**
 * A name in a configuration that stands for another entry of the topology.
 *
 * @param entry the name
 * @param models that the entry may have; any if empty
 */
public record Reference(String entry, List<String> models) {
  public Reference {
    models = List.copyOf(models);
  }

  /** To an entry of one of these models, or of any if none is named. */
  public static Reference to(String entry, String... models) {
    return new Reference(entry, List.of(models));
  }

  /** Whether an entry of a model may be meant. */
  public boolean admits(String model) {
    return models.isEmpty() || models.contains(model);
  }
}
