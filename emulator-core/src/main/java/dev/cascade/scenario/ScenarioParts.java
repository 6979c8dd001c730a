package dev.cascade.scenario;

import dev.cascade.property.PropertySpec;
import dev.cascade.property.Vocabulary;
import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the parts of one variant of a file together, and has the whole checked. */
final class ScenarioParts {
  private final Mapping document;
  private final Mapping spec;
  private final ModelCatalog catalog;
  private final Problems problems;

  ScenarioParts(Mapping document, Mapping spec, ModelCatalog catalog, Problems problems) {
    this.document = document;
    this.spec = spec;
    this.catalog = catalog;
    this.problems = problems;
  }

  /** The scenario; there are problems if it is absent, and there may be if not. */
  Optional<Scenario> scenario(List<Mitigation> mitigations, List<String> active) {
    SpecReader reader = new SpecReader(spec, catalog, problems);
    Optional<Metadata> metadata =
        document.get("metadata") instanceof Mapping mapping
            ? reader.binder().bind(mapping, Metadata.class)
            : Optional.empty();
    Optional<Timing> timing = reader.timing();
    TopologyReader topology = reader.topology();
    MethodReader steps = new MethodReader(reader, topology);
    Optional<Vocabulary> vocabulary = vocabulary(topology);
    List<PropertySpec> properties = new ArrayList<>(reader.properties());
    if (vocabulary.isPresent() && timing.isPresent()) {
      properties.addAll(reader.thresholds(vocabulary.get(), timing.get()));
    }
    Scenario scenario =
        new Scenario(
            metadata.orElse(Metadata.of("unnamed")),
            timing.orElse(Timing.of(Duration.ofDays(1))),
            reader.network(),
            topology.entries(),
            reader.links(),
            steps.steps(Section.METHOD),
            steps.steps(Section.ROLLBACKS),
            reader.steadyState().orElse(null),
            properties,
            reader.measurements(),
            reader.expect(),
            mitigations,
            active,
            YamlWriter.write(document));
    if (!hasUnknownKey()) { // a misspelt section would make everything that refers to it wrong
      ScenarioCheck check =
          new ScenarioCheck(scenario, topology.broken(), Whereabouts.in(spec), problems);
      check.names();
      vocabulary.ifPresent(check::expressions);
    }
    return metadata.isPresent() && timing.isPresent() && !hasUnknownKey()
        ? Optional.of(scenario)
        : Optional.empty();
  }

  private boolean hasUnknownKey() {
    return !spec.without(Section.keys())
        .without(RecordShape.of(Timing.class).names())
        .entries()
        .isEmpty();
  }

  /** Absent where a model is unknown: then nobody can say which metrics there are. */
  private Optional<Vocabulary> vocabulary(TopologyReader topology) {
    if (topology.hasUnknownModel()) {
      return Optional.empty();
    }
    List<String> steps = new ArrayList<>();
    for (Section section : List.of(Section.METHOD, Section.ROLLBACKS)) {
      if (spec.get(section.key) instanceof Sequence sequence) {
        steps.addAll(sequence.names());
      }
    }
    try {
      return Optional.of(catalog.vocabulary(topology.models(), steps));
    } catch (IllegalArgumentException contradiction) {
      problems.error(
          spec.keyLocation(Section.TOPOLOGY.key), String.valueOf(contradiction.getMessage()));
      return Optional.empty();
    }
  }
}
