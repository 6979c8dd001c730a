package dev.cascade.scenario;

import dev.cascade.scenario.Tree.Kind;
import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Scalar;
import dev.cascade.schedule.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    return with(file, "seed", Scalar.of(HERE, Long.toString(seed), Kind.INTEGER));
  }

  /** The same file with another schedule, or none. */
  static String scheduled(String file, @Nullable Schedule schedule) {
    Scalar value = schedule == null ? null : Scalar.of(HERE, schedule.toString(), Kind.TEXT);
    return with(file, "schedule", value);
  }

  private static String with(String file, String key, @Nullable Scalar value) {
    Tree tree = YamlParser.parse(new ScenarioSource(HERE.source(), file), new Problems());
    if (!(tree instanceof Mapping document && document.get("spec") instanceof Mapping spec)) {
      return file; // built in Java, and not yet written
    }
    Mapping changed = value == null ? spec.without(List.of(key)) : spec.with(key, HERE, value);
    return YamlWriter.write(document.with("spec", HERE, changed));
  }
}
