package dev.cascade.scenario;

import dev.cascade.property.PropertySpec;
import dev.cascade.property.Vocabulary;
import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    Timing known = timing.orElse(Timing.of(Duration.ofDays(1)));
    Map<String, List<Limit>> thresholds =
        vocabulary.map(reader::thresholds).orElseGet(LinkedHashMap::new);
    thresholds.forEach((key, limits) -> properties.add(Threshold.property(key, limits, known)));
    Scenario scenario =
        new Scenario(
            metadata.orElse(Metadata.of("unnamed")),
            known,
            reader.network(),
            topology.entries(),
            reader.links(),
            steps.steps(Section.METHOD),
            steps.steps(Section.ROLLBACKS),
            reader.steadyState().orElse(null),
            properties,
            thresholds,
            reader.timeline(),
            reader.measurements(),
            reader.expect(),
            mitigations,
            new SwitchedOff(topology.switchedOff(), steps.switchedOff()),
            active,
            StandAlone.of(document, active));
    Whereabouts where = Whereabouts.in(spec);
    ScenarioCheck check = new ScenarioCheck(scenario, topology.unread(), where, problems);
    check.names();
    vocabulary.ifPresent(
        words -> {
          check.expressions(words);
          new UnreadExpressions(scenario, where, words, problems).check();
        });
    return metadata.isPresent() && timing.isPresent() ? Optional.of(scenario) : Optional.empty();
  }

  /** Where a model is unknown it may be any, and declare what any of them does. */
  private Optional<Vocabulary> vocabulary(TopologyReader topology) {
    List<String> steps = new ArrayList<>();
    for (Section section : List.of(Section.METHOD, Section.ROLLBACKS)) {
      if (spec.get(section.key) instanceof Sequence sequence) {
        steps.addAll(sequence.names());
      }
    }
    try {
      Vocabulary words = catalog.vocabulary(topology.models(), steps);
      return Optional.of(topology.hasUnknownModel() ? catalog.widened(words) : words);
    } catch (IllegalArgumentException contradiction) {
      problems.error(
          spec.keyLocation(Section.TOPOLOGY.key), String.valueOf(contradiction.getMessage()));
      return Optional.empty();
    }
  }
}
