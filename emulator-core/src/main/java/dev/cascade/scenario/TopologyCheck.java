package dev.cascade.scenario;

import dev.cascade.fault.Target;
import dev.cascade.node.Address;
import dev.cascade.node.Model;
import dev.cascade.node.Reference;
import dev.cascade.node.Suggestion;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What entries must find in each other: kinds, addresses to boot with, ports, paths, processes. */
final class TopologyCheck {
  private final Scenario scenario;
  private final Unread unread;
  private final Whereabouts where;
  private final Problems problems;
  private final SortedMap<String, TopologyEntry<?>> entries = new TreeMap<>();
  private final SortedMap<String, PlacementSketch<?>> sketches = new TreeMap<>();
  private final SortedMap<String, SortedSet<String>> processes = new TreeMap<>();

  TopologyCheck(Scenario scenario, Unread unread, Whereabouts where, Problems problems) {
    this.scenario = scenario;
    this.unread = unread;
    this.where = where;
    this.problems = problems;
    scenario.topology().forEach(entry -> entries.put(entry.name(), entry));
  }

  /** An entry could be placed. */
  void placed(PlacementSketch<?> sketch) {
    sketches.put(sketch.entry(), sketch);
  }

  /** Tells what does not fit, when all entries are placed. */
  void check() {
    boolean complete = unread.names().isEmpty() && sketches.keySet().equals(entries.keySet());
    for (TopologyEntry<?> entry : scenario.topology()) {
      boolean fits = references(entry);
      if (complete && fits && isFineAmongOthers(entry)) {
        boot(entry);
      }
    }
  }

  private <C> boolean references(TopologyEntry<C> entry) {
    TreeSet<String> known = new TreeSet<>(entries.keySet());
    known.addAll(unread.names());
    boolean fits = true;
    for (Reference reference : entry.model().references(entry.config())) {
      String name = reference.entry();
      TopologyEntry<?> meant = entries.get(name);
      if (!known.contains(name)) {
        tell(
            entry.name(),
            name,
            "The name (%s) is no entry of the topology.%s"
                .formatted(name, Suggestion.maybe(name, known)));
        fits = false;
      } else if (meant != null && !reference.admits(meant.model().name())) {
        tell(
            entry.name(),
            name,
            "The entry (%s) has the model (%s), where only (%s) can be.%s"
                .formatted(
                    name,
                    meant.model().name(),
                    String.join(", ", reference.models()),
                    maybeOneOf(reference)));
        fits = false;
      }
    }
    return fits;
  }

  private String maybeOneOf(Reference reference) {
    List<String> right =
        entries.values().stream()
            .filter(entry -> reference.admits(entry.model().name()))
            .map(TopologyEntry::name)
            .sorted()
            .toList();
    return right.isEmpty() ? "" : " Maybe " + String.join(" or ", right) + "?";
  }

  /** A host that could not boot would end the run. */
  private <C> void boot(TopologyEntry<C> entry) {
    PlacementSketch<?> sketch = sketches.get(entry.name());
    if (sketch == null) {
      return;
    }
    try {
      SortedSet<String> started = sketch.boot(this::addresses);
      if (sketch.hasHostsOfAll() && !started.isEmpty()) {
        processes.put(entry.name(), started);
      }
    } catch (IllegalArgumentException | IllegalStateException broken) {
      List<Reference> references = entry.model().references(entry.config());
      tell(
          entry.name(),
          references.isEmpty() ? "" : references.get(0).entry(),
          String.valueOf(broken.getMessage()));
    }
  }

  private List<Address> addresses(String entry) {
    PlacementSketch<?> sketch = sketches.get(entry);
    return sketch == null ? List.of() : sketch.addresses();
  }

  private <C> boolean isFineAmongOthers(TopologyEntry<C> entry) {
    Model<C> model = entry.model();
    boolean[] fine = {true};
    model.check(
        entry.name(),
        entry.config(),
        new Neighbours(
            scenario.topology(),
            (about, at, message) -> {
              fine[0] = false;
              tell(about, at, message);
            }));
    return fine[0];
  }

  /** Tells where a key of an entry stands, or a text in it. */
  private void tell(String entry, String at, String message) {
    String section =
        where.has(Section.TOPOLOGY.key, entry) ? Section.TOPOLOGY.key : Section.LOAD.key;
    boolean isKey = where.has(section, entry, at) || where.has(section, entry, "config", at);
    problems.error(
        isKey ? where.of(section, entry, at) : where.ofWord(at, section, entry), message);
  }

  /** Tells whether a target's process is none that its hosts start, as far as that is known. */
  void process(Target target, Location at) {
    String process = target.process();
    if (process == null) {
      return;
    }
    String top = process.replaceFirst("/.*", "");
    TreeSet<String> known = new TreeSet<>();
    for (String entry : entries.keySet()) {
      String name = target.name();
      if (name == null || TopologyEntry.owns(entry, name)) {
        SortedSet<String> started = processes.get(entry);
        PlacementSketch<?> sketch = sketches.get(entry);
        if (started == null
            || sketch == null
            || sketch.startedLater().stream().anyMatch(top::startsWith)) {
          return;
        }
        known.addAll(started);
      }
    }
    if (!known.isEmpty() && !known.contains(top)) {
      problems.error(
          at,
          "The process (%s) runs on no host of the target.%s"
              .formatted(process, Suggestion.maybe(top, known)));
    }
  }
}
