package dev.cascade.scenario;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a scenario is called and about; no run depends on it. */
public record Metadata(
    @JsonPropertyDescription("Names the run folder.") String name,
    @JsonPropertyDescription("One line.") @Nullable String title,
    @JsonPropertyDescription("For searching.") Map<String, String> labels,
    @JsonPropertyDescription("What happens and why, and what to look at.")
        @Nullable String description) {
  public Metadata {
    if (!name.matches("[a-zA-Z0-9]([a-zA-Z0-9._-]{0,98}[a-zA-Z0-9])?")) {
      throw new IllegalArgumentException(
          "The name ("
              + name
              + ") must be 1 to 100 of a-z, A-Z, 0-9 and, inside, '.', '_', '-': it"
              + " names a folder.");
    }
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** A name alone. */
  static Metadata of(String name) {
    return new Metadata(name, null, new TreeMap<>(), null);
  }
}
