package dev.cascade.scenario;

import dev.cascade.scenario.Tree.Mapping;
import java.time.Duration;
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
    Scenario scenario =
        new Scenario(
            metadata.orElse(Metadata.of("unnamed")),
            timing.orElse(Timing.of(Duration.ofDays(1))),
            reader.network(),
            topology.entries(),
            reader.links(),
            steps.steps(Section.METHOD),
            steps.steps(Section.ROLLBACKS),
            reader.properties(),
            reader.measurements(),
            mitigations,
            active,
            YamlWriter.write(document));
    new ScenarioCheck(scenario, topology.broken(), Whereabouts.in(spec), problems).run();
    return metadata.isPresent() && timing.isPresent() ? Optional.of(scenario) : Optional.empty();
  }
}
