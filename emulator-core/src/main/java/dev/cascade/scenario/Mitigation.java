package dev.cascade.scenario;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named overlay on a scenario, a lesson of the post-mortem.
 *
 * @param name unique in the scenario
 * @param description one sentence
 * @param paths what it sets, as in {@code --set}
 * @param combine mitigations that it switches on before it sets anything itself
 */
public record Mitigation(
    String name, @Nullable String description, List<String> paths, List<String> combine) {
  public Mitigation {
    paths = List.copyOf(paths);
    combine = List.copyOf(combine);
  }
}
