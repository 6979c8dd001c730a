package dev.cascade.scenario;

import com.fasterxml.jackson.databind.JavaType;
import dev.cascade.random.DurationText;
import dev.cascade.scenario.RecordShape.RecordKey;
import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Scalar;
import dev.cascade.scenario.Tree.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the defaults of a scenario that are guesses: keys that are marked so, of models that stand
 * in its topology, which neither the file nor a mitigation or setting says. A value that is written
 * down is its author's. So is the whole of a record where any of it is written and the record as a
 * whole is the guess.
 */
final class Guesses {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\(([^()\\s]+)\\)");

  /** References lead to references, but not for ever: circles were told when the file was read. */
  private static final int MAX_DEPTH = 50;

  private final Scenario scenario;
  private final Mapping spec;
  private final Map<String, GuessedValue> found = new LinkedHashMap<>();

  private Guesses(Scenario scenario, Mapping spec) {
    this.scenario = scenario;
    this.spec = spec;
  }

  /**
   * In the order of the file; none of a scenario that was built in Java, whose values are given.
   */
  static List<GuessedValue> of(Scenario scenario) {
    Tree tree =
        YamlParser.parse(new ScenarioSource("the scenario", scenario.merged()), new Problems());
    if (!(tree instanceof Mapping document && document.get("spec") instanceof Mapping spec)) {
      return List.of();
    }
    Guesses guesses = new Guesses(scenario, spec);
    guesses.topology();
    guesses.method();
    guesses.record(spec.get(Section.NETWORK.key), Section.NETWORK.key, NetworkSpec.class);
    return List.copyOf(guesses.found.values());
  }

  private void topology() {
    for (Section section : List.of(Section.TOPOLOGY, Section.LOAD)) {
      if (spec.get(section.key) instanceof Sequence entries) {
        for (Tree item : entries.items()) {
          String name = item instanceof Mapping mapping ? mapping.text("name") : null;
          Optional<TopologyEntry<?>> entry =
              name == null ? Optional.empty() : scenario.entry(name); // disabled ones are not there
          if (entry.isPresent() && item instanceof Mapping mapping) {
            Tree config = section == Section.LOAD ? mapping : mapping.get("config");
            record(config, section.key + "." + name, entry.get().model().configType());
          }
        }
      }
    }
  }

  /** An operator who acts on what is seen takes a time, which is a guess unless it is said. */
  private void method() {
    for (Section section : List.of(Section.METHOD, Section.ROLLBACKS)) {
      if (spec.get(section.key) instanceof Sequence steps) {
        for (Tree item : steps.items()) {
          if (item instanceof Mapping step && step.get("when") != null && isEnabled(step)) {
            for (RecordKey key : RecordShape.of(Forms.Step.class).keys()) {
              if (key.guess() != null && step.get(key.name()) == null) {
                String path = section.key + "." + step.text("name") + "." + key.name();
                add(path, DurationText.format(MethodStep.HUMAN_DELAY), key);
              }
            }
          }
        }
      }
    }
  }

  private static boolean isEnabled(Mapping step) {
    return !"false".equals(step.text("enabled"));
  }

  private void add(String path, String value, RecordKey key) {
    found.putIfAbsent(
        path,
        new GuessedValue(
            path,
            value,
            GuessedValue.unitOf(key.type().getRawClass()),
            String.valueOf(key.guess())));
  }

  /** A value that stands somewhere, where it really stands: references are followed. */
  private record Place(@Nullable Tree tree, String path) {}

  private Place place(@Nullable Tree tree, String path) {
    Place place = new Place(tree, path);
    for (int depth = 0; depth < MAX_DEPTH && place.tree() instanceof Scalar scalar; depth++) {
      Matcher reference = REFERENCE.matcher(scalar.text());
      if (!reference.matches()) {
        return place;
      }
      String name = reference.group(1);
      Tree value =
          spec.get(Section.CONFIGURATION.key) instanceof Mapping values ? values.get(name) : null;
      place = new Place(value, Section.CONFIGURATION.key + "." + name);
    }
    return place;
  }

  private void record(@Nullable Tree given, String givenPath, Class<?> type) {
    Place place = place(given, givenPath);
    if (place.tree() != null && !(place.tree() instanceof Mapping)) {
      return; // written in a shorter form, and so altogether
    }
    Mapping mapping = (Mapping) place.tree();
    for (RecordKey key : RecordShape.of(type).keys()) {
      Tree value = mapping == null ? null : mapping.get(key.name());
      boolean absent = value == null || (value instanceof Scalar scalar && scalar.isNull());
      String path = place.path() + "." + key.name();
      if (absent && key.guess() != null && key.defaultText() != null) {
        add(path, key.defaultText(), key);
      } else if (!absent) {
        inside(value, path, key.type());
      } else if ("{}".equals(key.defaultText())) {
        inside(null, path, key.type());
      }
    }
  }

  private void inside(@Nullable Tree given, String givenPath, JavaType type) {
    Place place = place(given, givenPath);
    Class<?> raw = type.getRawClass();
    if (type.isCollectionLikeType() && place.tree() instanceof Sequence sequence) {
      List<String> names = sequence.names();
      for (int i = 0; i < sequence.items().size(); i++) {
        Tree item = sequence.items().get(i);
        String name = item instanceof Mapping mapping ? mapping.text("name") : null;
        boolean isUnique =
            name != null && new ArrayList<>(names).indexOf(name) == names.lastIndexOf(name);
        inside(
            item,
            place.path() + "." + (isUnique ? name : String.valueOf(i)),
            type.getContentType());
      }
    } else if (type.isMapLikeType() && place.tree() instanceof Mapping values) {
      values
          .entries()
          .forEach(
              (key, entry) ->
                  inside(entry.value(), place.path() + "." + key, type.getContentType()));
    } else if (Variants.of(raw).isPresent()) {
      variant(place, Variants.of(raw).get());
    } else if (raw.isRecord() && RecordShape.isMapping(raw)) {
      record(place.tree(), place.path(), raw);
    }
  }

  private void variant(Place place, Variants variants) {
    if (place.tree() instanceof Mapping mapping) {
      Class<?> chosen = variants.types().get(String.valueOf(mapping.text(variants.key())));
      if (chosen != null) {
        record(mapping, place.path(), chosen);
      }
    }
  }
}
