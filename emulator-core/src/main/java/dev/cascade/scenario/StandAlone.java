package dev.cascade.scenario;

import dev.cascade.scenario.Tree.Kind;
import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Scalar;
import java.util.List;

/**
 * A variant of a file as a file of its own, which run by itself does the same and is judged by the
 * same: what a run folder keeps.
 */
final class StandAlone {
  private static final Location HERE = Location.of("the merged scenario");

  private StandAlone() {}

  /**
   * The document of a variant. Where mitigations are switched on they are merged in already, so
   * that there are none to choose from; what is expected of them is expected of the base.
   */
  static String of(Mapping document, List<String> active) {
    if (active.isEmpty() || !(document.get("spec") instanceof Mapping spec)) {
      return YamlWriter.write(document);
    }
    Mapping alone = spec.without(List.of(Section.MITIGATIONS.key, Section.EXPECT.key));
    Tree expected =
        active.size() == 1 && spec.get(Section.EXPECT.key) instanceof Mapping table
            ? table.get(active.get(0))
            : null;
    if (expected != null) {
      Mapping base = Tree.emptyMapping(HERE).with(Scenario.BASE, HERE, expected);
      alone = alone.with(Section.EXPECT.key, HERE, base);
    }
    return YamlWriter.write(document.with("spec", HERE, alone));
  }

  /** The same file with another seed. */
  static String seeded(String file, long seed) {
    Tree tree = YamlParser.parse(new ScenarioSource(HERE.source(), file), new Problems());
    if (!(tree instanceof Mapping document && document.get("spec") instanceof Mapping spec)) {
      return file; // built in Java, and not yet written
    }
    Scalar value = Scalar.of(HERE, Long.toString(seed), Kind.INTEGER);
    Mapping seeded = spec.with("seed", HERE, value);
    return YamlWriter.write(document.with("spec", HERE, seeded));
  }
}
