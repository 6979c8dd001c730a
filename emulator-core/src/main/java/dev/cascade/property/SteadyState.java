package dev.cascade.property;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What normal means, tested before the method and again at the end.
 *
 * @param title one sentence
 * @param probes what must be true
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SteadyState(
    @JsonPropertyDescription("One sentence: what normal means.") @Nullable String title,
    @JsonProperty(required = true) @JsonPropertyDescription("What must be true.")
        List<Probe> probes) {

  /**
   * One thing that must be true.
   *
   * @param name unique in the steady state
   * @param expr an expression that is true or false
   */
  public record Probe(
      @JsonProperty(required = true) @JsonPropertyDescription("Unique in the steady state.")
          String name,
      @JsonProperty(required = true) @JsonPropertyDescription("An expression that must be true.")
          String expr) {
    /** Checks that both are there. */
    public Probe {
      if (name == null || name.isBlank() || expr == null || expr.isBlank()) {
        throw new IllegalArgumentException(
            "A probe needs a name (%s) and an expr (%s).".formatted(name, expr));
      }
    }
  }

  /** Checks that names are unique. */
  public SteadyState {
    probes = probes == null ? List.of() : List.copyOf(probes);
    Set<String> names = new TreeSet<>();
    for (Probe probe : probes) {
      if (!names.add(probe.name())) {
        throw new IllegalArgumentException(
            "The steady state has two probes of the name (%s).".formatted(probe.name()));
      }
    }
  }
}
