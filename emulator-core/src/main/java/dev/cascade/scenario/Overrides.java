package dev.cascade.scenario;

import java.util.List;

/**
 * What the user changes about a scenario file before it is read. The values files come first, in
 * order, then the settings; mitigations lie over the result, as they are lessons for the scenario
 * that was set up.
 *
 * @param values files that are merged into the spec: mappings key by key, list items by their name,
 *     all else (and what names its {@code distribution}) is replaced
 * @param settings {@code path=value}, the value in YAML
 */
public record Overrides(List<ScenarioSource> values, List<String> settings) {
  /** The file as it is. */
  public static final Overrides NONE = new Overrides(List.of(), List.of());

  public Overrides {
    values = List.copyOf(values);
    settings = List.copyOf(settings);
  }

  /** Settings alone. */
  public static Overrides set(String... settings) {
    return new Overrides(List.of(), List.of(settings));
  }
}
