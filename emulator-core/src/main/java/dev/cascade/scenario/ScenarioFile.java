package dev.cascade.scenario;

import dev.cascade.node.Suggestion;
import dev.cascade.scenario.Tree.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A scenario file with the user's changes, from which the scenario and its variants are made: one
 * for each choice of mitigations. All that it offers has been checked.
 */
public final class ScenarioFile {
  private final Mapping document;
  private final ModelCatalog catalog;
  private final Map<String, Forms.Overlay> overlays = new LinkedHashMap<>();
  private final List<Mitigation> mitigations = new ArrayList<>();
  private final List<ScenarioProblem> warnings;

  ScenarioFile(Mapping document, ModelCatalog catalog, Problems problems) {
    this.document = document;
    this.catalog = catalog;
    readMitigations(problems);
    Problems base = new Problems();
    interpret(List.of(), base, true);
    problems.addAll(base);
    Problems controls = new Problems();
    controls(List.of(), controls);
    problems.addErrorsElsewhere(controls);
    for (String name : overlays.keySet()) {
      Problems variant = new Problems();
      interpret(List.of(name), variant, false);
      problems.addErrorsElsewhere(variant);
    }
    this.warnings = problems.warnings();
  }

  /** The mitigations that can be switched on. */
  public List<Mitigation> mitigations() {
    return List.copyOf(mitigations);
  }

  /** What is odd, but does not hinder a run. */
  public List<ScenarioProblem> warnings() {
    return warnings;
  }

  /**
   * The scenario with these mitigations switched on, in this order.
   *
   * @throws ScenarioException if one does not exist, or they do not go together
   */
  public Scenario scenario(String... active) {
    return scenario(List.of(active));
  }

  /**
   * The scenario with these mitigations switched on, in this order.
   *
   * @throws ScenarioException if one does not exist, or they do not go together
   */
  public Scenario scenario(List<String> active) {
    Problems problems = new Problems();
    for (String name : active) {
      if (!overlays.containsKey(name)) {
        problems.error(
            document.location(),
            "The mitigation (%s) does not exist.%s"
                .formatted(name, Suggestion.maybe(name, overlays.keySet())));
      }
    }
    problems.throwIfAny();
    Optional<Scenario> scenario = interpret(active, problems, false);
    problems.throwIfAny();
    return scenario.orElseThrow();
  }

  private void readMitigations(Problems problems) {
    if (!(document.get("spec") instanceof Mapping spec)) {
      return;
    }
    SpecReader reader = new SpecReader(spec, catalog, problems);
    for (Mapping item : reader.items(Section.MITIGATIONS)) {
      reader
          .binder()
          .bind(item, Forms.Overlay.class)
          .ifPresent(overlay -> add(overlay, item, problems));
    }
    for (Forms.Overlay overlay : overlays.values()) {
      for (String part : overlay.combine()) {
        if (!overlays.containsKey(part)) {
          problems.error(
              Whereabouts.in(spec).ofWord(part, Section.MITIGATIONS.key, overlay.name(), "combine"),
              "The mitigation (%s) does not exist.%s"
                  .formatted(part, Suggestion.maybe(part, overlays.keySet())));
        }
      }
    }
  }

  private void add(Forms.Overlay overlay, Mapping item, Problems problems) {
    if (overlays.putIfAbsent(overlay.name(), overlay) != null) {
      problems.error(
          item.valueLocation("name"),
          "The name (%s) is taken by another mitigation.".formatted(overlay.name()));
      return;
    }
    mitigations.add(
        new Mitigation(
            overlay.name(),
            overlay.description(),
            List.copyOf(overlay.set().keySet()),
            overlay.combine()));
  }

  /** The document with a mitigation, and those it combines, laid over it. */
  private Mapping laidOver(Mapping under, String name, List<String> open, Problems problems) {
    Forms.Overlay overlay = overlays.get(name);
    if (overlay == null) {
      return under; // told when the file was read
    }
    List<String> opened = new ArrayList<>(open);
    opened.add(name);
    Mapping changed = under;
    for (String part : overlay.combine()) {
      if (opened.contains(part)) {
        problems.error(
            Whereabouts.in(spec()).ofWord(part, Section.MITIGATIONS.key, name, "combine"),
            "The mitigation (%s) combines itself through (%s).".formatted(part, name));
      } else {
        changed = laidOver(changed, part, opened, problems);
      }
    }
    for (Map.Entry<String, Tree> setting : overlay.set().entrySet()) {
      Location at =
          Whereabouts.in(spec()).keyOf(setting.getKey(), Section.MITIGATIONS.key, name, "set");
      changed = new Overlay(problems).set(changed, setting.getKey(), setting.getValue(), at);
    }
    return changed;
  }

  private Mapping spec() {
    return document.get("spec") instanceof Mapping spec
        ? spec
        : Tree.emptyMapping(document.location());
  }

  /**
   * For each measurement that is told less another run's: that other run, with the same mitigations
   * and the changes that the measurement names.
   *
   * @throws ScenarioException if these changes do not make a scenario
   */
  public Map<String, Scenario> controls(List<String> active) {
    Problems problems = new Problems();
    Map<String, Scenario> controls = controls(active, problems);
    problems.throwIfAny();
    return controls;
  }

  private Map<String, Scenario> controls(List<String> active, Problems problems) {
    Map<String, Scenario> controls = new LinkedHashMap<>();
    if (!(spec().get(Section.MEASUREMENTS.key) instanceof Mapping measurements)) {
      return controls;
    }
    measurements
        .entries()
        .forEach(
            (name, entry) -> {
              if (entry.value() instanceof Mapping own
                  && own.get("minus") instanceof Mapping minus) {
                control(active, minus, problems).ifPresent(found -> controls.put(name, found));
              }
            });
    return controls;
  }

  private Optional<Scenario> control(List<String> active, Mapping minus, Problems problems) {
    Mapping changed = laidOver(active, problems);
    for (Map.Entry<String, Mapping.Entry> change : minus.entries().entrySet()) {
      Mapping.Entry value = change.getValue();
      changed = new Overlay(problems).set(changed, change.getKey(), value.value(), value.key());
    }
    return interpret(changed, active, problems, false);
  }

  private Mapping laidOver(List<String> active, Problems problems) {
    Mapping changed = document;
    for (String name : active) {
      changed = laidOver(changed, name, List.of(), problems);
    }
    return changed;
  }

  private Optional<Scenario> interpret(List<String> active, Problems problems, boolean warnings) {
    return interpret(laidOver(active, problems), active, problems, warnings);
  }

  private Optional<Scenario> interpret(
      Mapping changed, List<String> active, Problems problems, boolean warnings) {
    if (!(changed.get("spec") instanceof Mapping given)) {
      return Optional.empty();
    }
    SpecReader raw = new SpecReader(given, catalog, problems);
    Substitution substitution = new Substitution(raw.mapping(Section.CONFIGURATION), problems);
    Mapping spec =
        (Mapping)
            substitution.in(
                given.without(List.of(Section.CONFIGURATION.key, Section.MITIGATIONS.key)));
    if (warnings) {
      overlays.values().forEach(overlay -> overlay.set().values().forEach(substitution::in));
      substitution.warnOfUnused();
    }
    return new ScenarioParts(changed, spec, catalog, problems).scenario(mitigations, active);
  }
}
