package dev.cascade.scenario;

import dev.cascade.random.DurationText;
import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Scalar;
import dev.cascade.scenario.Tree.Sequence;
import dev.cascade.schedule.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A scenario file that stands alone, of which parts can be left out, for whoever looks for a
 * smaller one that shows the same. What is left need not be a scenario: its reader says so.
 */
public final class ReducibleScenario {
  private static final Location HERE = Location.of("the reduced scenario");

  /** Lists whose items go when they speak of an entry that is gone, however deep. */
  private static final List<Section> ABOUT_ENTRIES =
      List.of(Section.LOAD, Section.LINKS, Section.METHOD, Section.ROLLBACKS);

  private final Mapping document;
  private final Mapping spec;

  private ReducibleScenario(Mapping document) {
    this.document = document;
    this.spec = document.get("spec") instanceof Mapping mapping ? mapping : Tree.emptyMapping(HERE);
  }

  /**
   * Reads a file.
   *
   * @throws ScenarioException if it is no YAML
   */
  public static ReducibleScenario of(String text) {
    Problems problems = new Problems();
    Tree tree = YamlParser.parse(new ScenarioSource(HERE.source(), text), problems);
    problems.throwIfAny();
    if (tree instanceof Mapping document) {
      return new ReducibleScenario(document);
    }
    throw new IllegalArgumentException("A scenario is a mapping.");
  }

  private ReducibleScenario with(Mapping newSpec) {
    return new ReducibleScenario(document.with("spec", HERE, newSpec));
  }

  /** The file. */
  public String text() {
    return YamlWriter.write(document);
  }

  // ---- what it consists of

  /** Entries of the topology, and loads. */
  public List<String> entries() {
    List<String> names = new ArrayList<>(names(Section.TOPOLOGY));
    names.addAll(names(Section.LOAD));
    return names;
  }

  /** Steps of the method. */
  public List<String> steps() {
    return names(Section.METHOD);
  }

  /** The places of link rules in their list. */
  public List<String> links() {
    List<String> places = new ArrayList<>();
    for (int i = 0; i < items(Section.LINKS).size(); i++) {
      places.add(Integer.toString(i));
    }
    return places;
  }

  private List<String> names(Section section) {
    return spec.get(section.key) instanceof Sequence sequence ? sequence.names() : List.of();
  }

  private List<Tree> items(Section section) {
    return spec.get(section.key) instanceof Sequence sequence ? sequence.items() : List.of();
  }

  // ---- leaving out

  /**
   * Without what no run depends on and nobody asks for: mitigations, measurements, and every
   * property but one; and without its check of the steady state.
   */
  public ReducibleScenario judgedBy(String property) {
    Mapping left =
        spec.without(
            List.of(
                Section.MITIGATIONS.key,
                Section.MEASUREMENTS.key,
                Section.TIMELINE.key,
                Section.STEADY_STATE.key,
                Section.ROLLBACKS.key));
    boolean isThreshold = !names(Section.PROPERTIES).contains(property);
    left =
        isThreshold
            ? left.without(List.of(Section.PROPERTIES.key))
            : keep(left, Section.PROPERTIES, List.of(property))
                .without(List.of(Section.THRESHOLDS.key));
    Tree expected =
        spec.get(Section.EXPECT.key) instanceof Mapping table
                && table.get(Scenario.BASE) instanceof Mapping base
            ? base.get(property) == null ? base.get("*") : base.get(property)
            : null;
    left = left.without(List.of(Section.EXPECT.key));
    if (expected != null) {
      Mapping base = Tree.emptyMapping(HERE).with(property, HERE, expected);
      left =
          left.with(
              Section.EXPECT.key, HERE, Tree.emptyMapping(HERE).with(Scenario.BASE, HERE, base));
    }
    return with(left);
  }

  private static Mapping keep(Mapping spec, Section section, Collection<String> names) {
    if (!(spec.get(section.key) instanceof Sequence sequence)) {
      return spec;
    }
    List<Tree> kept =
        sequence.items().stream()
            .filter(item -> item instanceof Mapping m && names.contains(m.text("name")))
            .toList();
    return put(spec, section, kept);
  }

  private static Mapping put(Mapping spec, Section section, List<Tree> items) {
    return items.isEmpty()
        ? spec.without(List.of(section.key))
        : spec.with(section.key, HERE, new Sequence(HERE, items));
  }

  /** Without some steps of the method. */
  public ReducibleScenario withoutSteps(Collection<String> names) {
    List<String> kept = new ArrayList<>(steps());
    kept.removeAll(names);
    return with(keep(spec, Section.METHOD, kept));
  }

  /** The names of the configuration. */
  public List<String> configuration() {
    return spec.get(Section.CONFIGURATION.key) instanceof Mapping mapping
        ? List.copyOf(mapping.entries().keySet())
        : List.of();
  }

  /** Without some of the configuration. */
  public ReducibleScenario withoutConfiguration(Collection<String> names) {
    if (!(spec.get(Section.CONFIGURATION.key) instanceof Mapping mapping)) {
      return this;
    }
    Mapping left = mapping.without(names);
    return with(
        left.entries().isEmpty()
            ? spec.without(List.of(Section.CONFIGURATION.key))
            : spec.with(Section.CONFIGURATION.key, HERE, left));
  }

  /** Without some rules for links. */
  public ReducibleScenario withoutLinks(Collection<String> places) {
    List<Tree> kept = new ArrayList<>();
    List<Tree> all = items(Section.LINKS);
    for (int i = 0; i < all.size(); i++) {
      if (!places.contains(Integer.toString(i))) {
        kept.add(all.get(i));
      }
    }
    return with(put(spec, Section.LINKS, kept));
  }

  /**
   * Without some entries and loads, and what speaks of them: steps, links, loads, and the items of
   * others' lists that name them.
   */
  public ReducibleScenario withoutEntries(Collection<String> names) {
    Mapping left = spec;
    for (Section section : List.of(Section.TOPOLOGY, Section.LOAD)) {
      List<String> kept = new ArrayList<>(names(section));
      kept.removeAll(names);
      left = keep(left, section, kept);
    }
    for (Section section : ABOUT_ENTRIES) {
      if (left.get(section.key) instanceof Sequence sequence) {
        left =
            put(
                left,
                section,
                sequence.items().stream().filter(item -> !speaksOf(item, names)).toList());
      }
    }
    if (left.get(Section.TOPOLOGY.key) instanceof Sequence topology) {
      left = put(left, Section.TOPOLOGY, pruned(topology, names).items());
    }
    Tree configuration = left.get(Section.CONFIGURATION.key);
    if (configuration != null) { // lists that entries take from there
      left = left.with(Section.CONFIGURATION.key, HERE, pruned(configuration, names));
    }
    return with(left);
  }

  private static boolean speaksOf(Tree tree, Collection<String> names) {
    if (tree instanceof Scalar scalar) {
      return isPlace(scalar.text(), names);
    }
    return tree instanceof Sequence sequence
        ? sequence.items().stream().anyMatch(item -> speaksOf(item, names))
        : ((Mapping) tree)
            .entries().entrySet().stream()
                .filter(entry -> !entry.getKey().equals("name"))
                .anyMatch(entry -> speaksOf(entry.getValue().value(), names));
  }

  private static boolean isPlace(String text, Collection<String> names) {
    return names.stream().anyMatch(name -> TopologyEntry.owns(name, text));
  }

  /** Without those items of lists that name what is gone. */
  private static Sequence pruned(Sequence sequence, Collection<String> names) {
    List<Tree> left = new ArrayList<>();
    for (Tree item : sequence.items()) {
      if (!names(item, names)) {
        left.add(pruned(item, names));
      }
    }
    return new Sequence(HERE, left);
  }

  private static Tree pruned(Tree tree, Collection<String> names) {
    if (tree instanceof Sequence sequence) {
      return pruned(sequence, names);
    }
    if (tree instanceof Mapping mapping) {
      Map<String, Mapping.Entry> entries = new LinkedHashMap<>();
      mapping
          .entries()
          .forEach(
              (key, entry) ->
                  entries.put(key, new Mapping.Entry(HERE, pruned(entry.value(), names))));
      return new Mapping(HERE, entries);
    }
    return tree;
  }

  /** Whether an item of a list is one of these, or has one of them as a value of its own. */
  private static boolean names(Tree item, Collection<String> names) {
    if (item instanceof Scalar scalar) {
      return isPlace(scalar.text(), names);
    }
    return item instanceof Mapping mapping
        && mapping.entries().entrySet().stream()
            .filter(entry -> !entry.getKey().equals("name"))
            .map(entry -> entry.getValue().value())
            .anyMatch(value -> value instanceof Scalar scalar && isPlace(scalar.text(), names));
  }

  // ---- making less

  /**
   * Something of which there may be less.
   *
   * @param path as {@code --set} takes it
   * @param value as the file has it
   * @param kind what it is
   */
  public record Knob(String path, String value, Kind kind) {
    /** What there may be less of. */
    public enum Kind {
      /** A whole number, of which 1 may be enough. */
      COUNT,
      /** Something with a unit, of which half may be enough. */
      AMOUNT,
      /** A host of an entry, which may be one of the first. */
      HOST
    }

    private static final Pattern HOST = Pattern.compile("(.+-)([0-9]{1,9})");

    /** What it may be instead, the boldest first. */
    public List<String> less() {
      List<String> less = new ArrayList<>();
      Matcher host = HOST.matcher(value);
      boolean isHost = kind == Kind.HOST && host.matches();
      if (kind == Kind.COUNT || isHost) {
        String entry = isHost ? host.group(1) : "";
        long count = Long.parseLong(isHost ? host.group(2) : value);
        for (long smaller : new long[] {1, count / 2, count - 1}) {
          if (smaller >= 1 && smaller < count && !less.contains(entry + smaller)) {
            less.add(entry + smaller);
          }
        }
        return less;
      }
      GuessedValue own = GuessedValue.own(path, value);
      String half = own == null ? null : own.alternatives().get("half");
      return half == null ? less : List.of(half);
    }
  }

  /**
   * What there may be less of: replicas and other whole numbers of entries, what loads ask for, and
   * how strong, long and late the method's steps are.
   */
  public List<Knob> knobs() {
    List<Knob> knobs = new ArrayList<>();
    for (Section section : List.of(Section.TOPOLOGY, Section.LOAD, Section.CONFIGURATION)) {
      collect(section.key, spec.get(section.key), false, knobs);
    }
    for (Section section : List.of(Section.LOAD, Section.METHOD)) {
      collect(section.key, spec.get(section.key), true, knobs);
    }
    return knobs;
  }

  private static void collect(String path, @Nullable Tree tree, boolean scaled, List<Knob> knobs) {
    if (tree instanceof Mapping mapping) {
      mapping
          .entries()
          .forEach((key, entry) -> collect(path + "." + key, entry.value(), scaled, knobs));
    } else if (tree instanceof Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        Tree item = sequence.items().get(i);
        String name = item instanceof Mapping mapping ? mapping.text("name") : null;
        collect(path + "." + (name == null ? Integer.toString(i) : name), item, scaled, knobs);
      }
    } else if (tree instanceof Scalar scalar) {
      boolean isCount =
          scalar.scalarKind() == Tree.Kind.INTEGER && scalar.text().matches("[1-9][0-9]{0,8}");
      boolean hasUnit = scalar.text().matches("[0-9.]+[a-zA-Z%/][a-zA-Z%/0-9.]*");
      boolean isHost =
          path.startsWith(Section.METHOD.key)
              && !path.endsWith(".name")
              && scalar.text().matches(".+-[1-9][0-9]{0,8}");
      if (isCount && !scaled) {
        knobs.add(new Knob(path, scalar.text(), Knob.Kind.COUNT));
      } else if (hasUnit && scaled) {
        knobs.add(new Knob(path, scalar.text(), Knob.Kind.AMOUNT));
      } else if (isHost && scaled) {
        knobs.add(new Knob(path, scalar.text(), Knob.Kind.HOST));
      }
    }
  }

  /** With another value at a path; as it is if the path leads nowhere. */
  public ReducibleScenario with(String path, String value) {
    Tree tree = YamlParser.parse(new ScenarioSource(HERE.source(), value), new Problems());
    return tree == null
        ? this
        : new ReducibleScenario(new Overlay(new Problems()).set(document, path, tree, HERE));
  }

  /** The emulated time that it lasts, or null if it does not say. */
  public @Nullable Duration duration() {
    return time("duration");
  }

  private @Nullable Duration time(String key) {
    String text = spec.text(key);
    try {
      return text == null ? null : DurationText.parse(text);
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }

  /** The same over so much emulated time; what would be left out at its beginning fits in. */
  public ReducibleScenario lasting(Duration duration) {
    ReducibleScenario shorter = with("duration", DurationText.format(duration));
    Duration warmup = time("warmup");
    return warmup != null && warmup.compareTo(duration) >= 0
        ? shorter.with("warmup", "0s")
        : shorter;
  }

  /** With this seed, and somebody who chooses. */
  public ReducibleScenario chosen(long seed, @Nullable Schedule schedule) {
    return of(StandAlone.scheduled(StandAlone.seeded(text(), seed), schedule));
  }

  // ---- what is gone

  /** What this has less than another, in words. */
  public List<String> lessThan(ReducibleScenario before) {
    List<String> words = new ArrayList<>();
    gone("entries", before.entries(), entries(), words);
    gone("steps", before.steps(), steps(), words);
    gone("configuration", before.configuration(), configuration(), words);
    int links = before.links().size() - links().size();
    if (links > 0) {
      words.add("links: %d of %d".formatted(links, before.links().size()));
    }
    gone("properties", before.names(Section.PROPERTIES), names(Section.PROPERTIES), words);
    gone("mitigations", before.names(Section.MITIGATIONS), names(Section.MITIGATIONS), words);
    for (Section section :
        List.of(
            Section.STEADY_STATE, Section.MEASUREMENTS, Section.THRESHOLDS, Section.ROLLBACKS)) {
      if (before.spec.get(section.key) != null && spec.get(section.key) == null) {
        words.add(section.key);
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    before.knobs().forEach(knob -> values.put(knob.path(), knob.value()));
    for (String key : List.of("duration", "warmup")) {
      String value = before.spec.text(key);
      String now = spec.text(key);
      if (value != null && now != null && !value.equals(now)) {
        words.add("%s: %s → %s".formatted(key, value, now));
      }
    }
    for (Knob knob : knobs()) {
      String value = values.get(knob.path());
      if (value != null && !value.equals(knob.value())) {
        words.add("%s: %s → %s".formatted(knob.path(), value, knob.value()));
      }
    }
    return words;
  }

  private static void gone(String what, List<String> before, List<String> now, List<String> words) {
    List<String> gone = new ArrayList<>(before);
    gone.removeAll(now);
    if (!gone.isEmpty()) {
      words.add("%s: %s".formatted(what, String.join(", ", gone)));
    }
  }
}
