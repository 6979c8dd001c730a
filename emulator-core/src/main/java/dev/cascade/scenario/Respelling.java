package dev.cascade.scenario;

import dev.cascade.node.Suggestion;
import dev.cascade.scenario.Tree.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which keys are unknown, and goes on with what they must mean: {@code topologi} is read as
 * the topology, so that nothing that refers to its entries is told to refer to nothing.
 */
final class Respelling {
  private Respelling() {}

  /** The mapping with known keys alone, under the names that they should have. */
  static Mapping of(Mapping mapping, List<String> known, Problems problems) {
    List<String> free = new ArrayList<>(known);
    free.removeAll(mapping.entries().keySet());
    Map<String, Mapping.Entry> respelt = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              if (known.contains(key)) {
                respelt.put(key, entry);
                return;
              }
              boolean isNear = Suggestion.nearest(key, known).isPresent();
              problems.error(
                  entry.key(),
                  "The key (%s) is unknown.%s"
                      .formatted(key, Suggestion.maybe(key, isNear ? known : free)));
              Suggestion.nearest(key, free).ifPresent(name -> respelt.putIfAbsent(name, entry));
            });
    return new Mapping(mapping.location(), respelt);
  }
}
