package dev.cascade.scenario;

import dev.cascade.scenario.Tree.Kind;
import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Scalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads scenario files; tells everything that is wrong with one at once. */
public final class ScenarioReader {
  static final String API_VERSION = "cascade/v1alpha1";
  static final String KIND = "Scenario";
  static final List<String> ROOT_KEYS = List.of("apiVersion", "kind", "metadata", "spec");

  private final ModelCatalog catalog;

  /** Reads scenarios that name these models. */
  public ScenarioReader(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Reads a file as it is.
   *
   * @throws ScenarioException if it, or what a mitigation makes of it, cannot be run
   */
  public ScenarioFile read(Path file) {
    return read(ScenarioSource.file(file), Overrides.NONE);
  }

  /**
   * Reads what a file is called and about, and nothing else of it: for lists.
   *
   * @throws ScenarioException if that cannot be read
   */
  public static Metadata metadata(Path file) {
    Problems problems = new Problems();
    Tree tree = YamlParser.parse(ScenarioSource.file(file), problems);
    Optional<Metadata> metadata =
        tree instanceof Mapping document && document.get("metadata") instanceof Mapping mapping
            ? new RecordBinder(problems).bind(mapping, Metadata.class)
            : Optional.empty();
    if (metadata.isEmpty()) {
      problems.error(Location.of(file.toString()), "The scenario has no metadata.");
    }
    problems.throwIfAny();
    return metadata.orElseThrow();
  }

  /**
   * Reads a file with changes.
   *
   * @throws ScenarioException if it, or what a mitigation makes of it, cannot be run
   */
  public ScenarioFile read(ScenarioSource source, Overrides overrides) {
    Problems problems = new Problems();
    Tree tree = parse(source, problems);
    if (tree instanceof Mapping document) {
      Mapping respelt = respelt(document, problems);
      checkEnvelope(respelt, problems);
      Mapping changed = change(respelt, overrides, problems);
      ScenarioFile file = new ScenarioFile(changed, catalog, problems);
      problems.throwIfAny();
      return file;
    }
    if (tree != null) {
      problems.error(
          tree.location(), "This is " + tree.kind() + ", but a scenario is a mapping with a spec.");
    }
    problems.throwIfAny();
    throw new IllegalStateException("A document that is no mapping left no problem.");
  }

  /** A file's tree, with what it names of measured data in it. */
  private static @Nullable Tree parse(ScenarioSource source, Problems problems) {
    Tree tree = YamlParser.parse(source, problems);
    return tree == null ? null : new HdrLogs(source.directory(), problems).in(tree);
  }

  private static Mapping respelt(Mapping document, Problems problems) {
    Mapping respelt = Respelling.of(document, ROOT_KEYS, problems);
    if (!(respelt.get("spec") instanceof Mapping spec)) {
      return respelt;
    }
    List<String> known = new ArrayList<>(RecordShape.of(Timing.class).names());
    known.addAll(Section.keys());
    return respelt.with("spec", respelt.keyLocation("spec"), Respelling.of(spec, known, problems));
  }

  private static void checkEnvelope(Mapping document, Problems problems) {
    checkWord(document, "apiVersion", API_VERSION, problems);
    checkWord(document, "kind", KIND, problems);
    for (String key : List.of("metadata", "spec")) {
      if (!(document.get(key) instanceof Mapping)) {
        problems.error(
            document.valueLocation(key), "The key (%s) must hold a mapping.".formatted(key));
      }
    }
  }

  private static void checkWord(Mapping document, String key, String due, Problems problems) {
    String word = document.text(key);
    if (!due.equals(word)) {
      problems.error(
          document.valueLocation(key),
          "The %s (%s) must be %s.".formatted(key, word == null ? "missing" : word, due));
    }
  }

  private static Mapping change(Mapping document, Overrides overrides, Problems problems) {
    Overlay overlay = new Overlay(problems);
    Mapping changed = document;
    for (ScenarioSource source : overrides.values()) {
      Tree values = parse(source, problems);
      if (values instanceof Mapping mapping) {
        changed = overlay.merge(changed, mapping);
      } else if (values != null) {
        problems.error(
            values.location(),
            "This is " + values.kind() + ", but values are a mapping of paths to values.");
      }
    }
    for (String setting : overrides.settings()) {
      changed = set(changed, setting, overlay, problems);
    }
    return changed;
  }

  private static Mapping set(Mapping document, String setting, Overlay overlay, Problems problems) {
    Location at = Location.of("--set " + setting);
    int equals = setting.indexOf('=');
    if (equals < 1) {
      problems.error(at, "A setting is path=value. Maybe configuration.rate=200/s?");
      return document;
    }
    String text = setting.substring(equals + 1);
    Tree value =
        text.isBlank()
            ? Scalar.of(at, "", Kind.TEXT)
            : YamlParser.parse(new ScenarioSource("--set " + setting, text), problems);
    return value == null
        ? document
        : overlay.set(document, setting.substring(0, equals), Relocation.of(value, any -> at), at);
  }
}
