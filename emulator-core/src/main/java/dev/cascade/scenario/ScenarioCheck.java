package dev.cascade.scenario;

import dev.cascade.fault.Fault;
import dev.cascade.fault.Target;
import dev.cascade.node.HostInfo;
import dev.cascade.node.Suggestion;
import dev.cascade.property.Expression;
import dev.cascade.property.ExpressionException;
import dev.cascade.property.PropertySpec;
import dev.cascade.property.SteadyState;
import dev.cascade.property.TimelineEntry;
import dev.cascade.property.Triviality;
import dev.cascade.property.Vocabulary;
import dev.cascade.random.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The one pass over what no single record can know: names that refer to others. It judges scenarios
 * from files and from Java alike.
 */
final class ScenarioCheck {
  private static final Set<String> FAULTS = Variants.of(Fault.class).orElseThrow().types().keySet();

  private final Scenario scenario;
  private final Whereabouts where;
  private final Problems problems;
  private final TreeSet<String> entries = new TreeSet<>();
  private final TreeSet<String> zones = new TreeSet<>();
  private final TreeSet<String> labels = new TreeSet<>();
  private final TreeMap<String, String> entryOfHost = new TreeMap<>();
  private final TopologyCheck topology;
  private final TimelineCheck timeline;

  /**
   * Prepares.
   *
   * @param unread what is known of entries that could not be read
   */
  ScenarioCheck(Scenario scenario, Unread unread, Whereabouts where, Problems problems) {
    this.scenario = scenario;
    this.where = where;
    this.problems = problems;
    this.topology = new TopologyCheck(scenario, unread, where, problems);
    this.timeline = new TimelineCheck(scenario, where, problems);
    this.entries.addAll(unread.names());
    this.zones.addAll(unread.zones());
    this.labels.addAll(unread.labels());
  }

  /** Tells which names are taken twice, or refer to nothing. */
  void names() {
    checkTopology();
    checkLinks();
    checkMethod();
    checkExpect();
    timeline.check();
    checkUnique(
        Section.PROPERTIES, scenario.properties().stream().map(PropertySpec::name).toList());
    checkUnique(
        Section.MITIGATIONS, scenario.mitigations().stream().map(Mitigation::name).toList());
  }

  private void checkTopology() {
    TreeSet<String> names = new TreeSet<>();
    for (TopologyEntry<?> entry : scenario.topology()) {
      if (!names.add(entry.name())) {
        problems.error(
            secondEntry(entry.name()),
            "The name (%s) is taken by another entry or load. Maybe number them?"
                .formatted(entry.name()));
      }
    }
    entries.addAll(names);
    for (TopologyEntry<?> entry : scenario.topology()) {
      place(entry);
    }
    topology.check();
  }

  private Location secondEntry(String name) {
    boolean inTopology = where.has(Section.TOPOLOGY.key, name);
    return inTopology && where.has(Section.LOAD.key, name)
        ? where.of(Section.LOAD.key, name, "name")
        : where.ofSecond(name, sectionOf(name));
  }

  private String sectionOf(String entry) {
    return where.has(Section.TOPOLOGY.key, entry) ? Section.TOPOLOGY.key : Section.LOAD.key;
  }

  private void place(TopologyEntry<?> entry) {
    zones.addAll(entry.zones());
    entry.labels().forEach((key, value) -> labels.add(key + ": " + value));
    try {
      PlacementSketch<?> sketch = PlacementSketch.of(entry);
      topology.placed(sketch);
      for (HostInfo host : sketch.hosts()) {
        if (!host.zone().isEmpty()) {
          zones.add(host.zone());
        }
        String other = entryOfHost.put(host.name(), entry.name());
        if (other != null && !other.equals(entry.name())) {
          problems.error(
              where.of(sectionOf(entry.name()), entry.name()),
              "The entries (%s) and (%s) both have a host called (%s). Maybe rename one?"
                  .formatted(other, entry.name(), host.name()));
        }
      }
    } catch (IllegalArgumentException broken) {
      problems.error(
          where.of(sectionOf(entry.name()), entry.name()), String.valueOf(broken.getMessage()));
    }
  }

  private void checkLinks() {
    for (LinkRule rule : scenario.links()) {
      checkPlace(rule.from(), where.ofWord(rule.from(), Section.LINKS.key));
      checkPlace(rule.to(), where.ofWord(rule.to(), Section.LINKS.key));
    }
  }

  private void checkPlace(String place, Location at) {
    if (place.equals(LinkRule.ANYWHERE)) {
      return;
    }
    if (place.startsWith(LinkRule.ZONE)) {
      checkZone(place.substring(LinkRule.ZONE.length()), at);
    } else if (!isPlace(place)) {
      TreeSet<String> known = new TreeSet<>(entries);
      zones.forEach(zone -> known.add(LinkRule.ZONE + zone));
      problems.error(
          at,
          "The place (%s) is no entry of the topology, no host and no zone.%s"
              .formatted(place, Suggestion.maybe(place, known)));
    }
  }

  private void checkZone(String zone, Location at) {
    if (!zones.contains(zone)) {
      problems.error(
          at, "The zone (%s) has no hosts.%s".formatted(zone, Suggestion.maybe(zone, zones)));
    }
  }

  /** Hosts may come later, so a name that begins like an entry's will do. */
  private boolean isPlace(String place) {
    return entryOfHost.containsKey(place)
        || entries.stream().anyMatch(entry -> TopologyEntry.owns(entry, place));
  }

  private void checkMethod() {
    checkUnreadTargets(Section.METHOD);
    checkUnreadTargets(Section.ROLLBACKS);
    List<MethodStep> steps = new ArrayList<>(scenario.method());
    steps.addAll(scenario.rollbacks());
    TreeSet<String> names = new TreeSet<>();
    TreeSet<String> cuts = new TreeSet<>();
    for (MethodStep step : steps) {
      if (step.deed() instanceof MethodStep.Inject cut && cut.fault() instanceof Fault.Partition) {
        cuts.add(step.name());
      }
    }
    for (MethodStep step : steps) {
      String section =
          scenario.method().contains(step) ? Section.METHOD.key : Section.ROLLBACKS.key;
      if (!names.add(step.name())) {
        problems.error(
            where.ofSecond(step.name(), section),
            "The name (%s) is taken by another step.".formatted(step.name()));
      }
      checkTime(step, section);
      if (step.deed() instanceof MethodStep.Operate<?, ?> operate) {
        checkTarget(operate.target(), section, step.name(), "target");
        checkAction(operate, section, step.name());
      } else if (step.deed() instanceof MethodStep.Inject inject) {
        checkFault(inject.fault(), cuts, section, step.name());
      }
    }
  }

  private <C, P> void checkAction(MethodStep.Operate<C, P> operate, String section, String step) {
    String name = operate.target().name();
    TopologyEntry<?> entry =
        scenario.topology().stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElse(null);
    if (entry == null) {
      if (name == null || (isPlace(name) && !entries.contains(name))) {
        problems.error(
            where.of(section, step, "target"),
            "The action (%s) needs an entry of the topology as target, not (%s).%s"
                .formatted(
                    operate.action().name(),
                    name == null ? "every host" : name,
                    name == null ? "" : Suggestion.maybe(name, entries)));
      }
      return;
    }
    @SuppressWarnings("unchecked") // the reader takes actions from the model of the target's entry
    C config = (C) entry.config();
    try {
      operate.action().check(config, operate.parameters());
    } catch (IllegalArgumentException broken) {
      problems.error(where.of(section, step), String.valueOf(broken.getMessage()));
    }
  }

  /** The targets of faults that could not be read for other reasons. */
  private void checkUnreadTargets(Section section) {
    for (int i = 0; i < where.size(section.key); i++) {
      String item = String.valueOf(i);
      boolean isFault =
          where.text(section.key, item, "action").filter(FAULTS::contains).isPresent();
      boolean isRead =
          where.text(section.key, item, "name").filter(name -> !isUnread(name)).isPresent();
      boolean isOff = where.text(section.key, item, "enabled").filter("false"::equals).isPresent();
      if (!isFault || isRead || isOff) {
        continue;
      }
      for (String key : List.of("target", "against")) {
        where
            .text(section.key, item, key)
            .or(() -> where.text(section.key, item, key, "name"))
            .map(name -> name.replaceFirst("/.*", ""))
            .filter(name -> !isPlace(name))
            .ifPresent(name -> tellNoTarget(name, section.key, item, key));
      }
    }
  }

  private void tellNoTarget(String name, String... path) {
    problems.error(
        where.ofWord(name, path),
        "The target (%s) is no entry of the topology and no host.%s"
            .formatted(name, Suggestion.maybe(name, entries)));
  }

  private void checkTime(MethodStep step, String section) {
    Duration end = scenario.timing().duration();
    if (step.trigger() instanceof MethodStep.At at && at.time().compareTo(end) > 0) {
      problems.warn(
          where.of(section, step.name(), "at"),
          "The step (%s) at (%s) comes after the end of the run (%s)."
              .formatted(step.name(), DurationText.format(at.time()), DurationText.format(end)));
    }
  }

  private void checkFault(Fault fault, Set<String> cuts, String section, String step) {
    if (fault instanceof Fault.Heal heal
        && heal.step() != null
        && !cuts.contains(heal.step())
        && !isUnread(heal.step())) {
      problems.error(
          where.of(section, step, "step"),
          "The step (%s) is no partition of the method.%s"
              .formatted(heal.step(), Suggestion.maybe(heal.step(), cuts)));
    }
    if (fault instanceof Fault.OnLinks onLinks) {
      checkSides(onLinks, section, step);
    }
    if (fault instanceof Fault.OnHosts onHosts) {
      checkTarget(onHosts.target(), section, step, "target");
      topology.process(onHosts.target(), where.of(section, step, "target"));
    } else if (fault instanceof Fault.OnLinks onLinks) {
      checkTarget(onLinks.target(), section, step, "target");
      if (onLinks.against() != null) {
        checkTarget(onLinks.against(), section, step, "against");
      }
    }
  }

  /** A step that is left out, or could not be read: what refers to it may be right. */
  private boolean isUnread(String step) {
    return (where.has(Section.METHOD.key, step) || where.has(Section.ROLLBACKS.key, step))
        && Stream.concat(scenario.method().stream(), scenario.rollbacks().stream())
            .noneMatch(read -> read.name().equals(step));
  }

  /** What the network cannot do to the two sides of a fault. */
  private void checkSides(Fault.OnLinks fault, String section, String step) {
    boolean ofLinks =
        !(fault instanceof Fault.Bandwidth narrow && narrow.where() == Fault.Narrowed.INTERFACE);
    if (ofLinks
        && fault.against() == null
        && fault.target().meansAll()
        && fault.target().name() == null
        && fault.target().zones().size() > 1) {
      problems.error(
          where.of(section, step, "target"),
          "The target of step (%s) has several zones, so that it needs an against. Maybe make it one step for each zone?"
              .formatted(step));
    }
  }

  private void checkTarget(Target target, String... path) {
    if (target.name() != null && !isPlace(target.name())) {
      tellNoTarget(target.name(), path);
    }
    target.zones().forEach(zone -> checkZone(zone, where.ofWord(zone, path)));
    target
        .labels()
        .forEach(
            (key, value) -> {
              if (!labels.contains(key + ": " + value)) {
                problems.error(
                    where.ofWord(value, path),
                    "No entry has the label (%s: %s).%s"
                        .formatted(key, value, Suggestion.maybe(key + ": " + value, labels)));
              }
            });
  }

  private void checkExpect() {
    TreeSet<String> variants = new TreeSet<>(List.of(Scenario.BASE));
    scenario.mitigations().forEach(mitigation -> variants.add(mitigation.name()));
    TreeSet<String> properties = new TreeSet<>(where.names(Section.PROPERTIES.key));
    properties.addAll(where.keys(Section.THRESHOLDS.key));
    scenario.properties().forEach(property -> properties.add(property.name()));
    Set<String> entries = new TreeSet<>(where.names(Section.TIMELINE.key));
    scenario.timeline().entries().forEach(entry -> entries.add(entry.name()));
    scenario
        .expect()
        .forEach(
            (variant, table) -> {
              if (!variants.contains(variant)) {
                problems.error(
                    where.keyOf(variant, Section.EXPECT.key),
                    "The mitigation (%s) does not exist.%s"
                        .formatted(variant, Suggestion.maybe(variant, variants)));
              }
              for (String property : table.properties()) {
                boolean isEntry = variant.equals(Scenario.BASE) && entries.contains(property);
                if (!properties.contains(property) && !isEntry) {
                  problems.error(
                      where.keyOf(property, Section.EXPECT.key, variant),
                      "The property (%s) does not exist.%s"
                          .formatted(property, Suggestion.maybe(property, properties)));
                }
              }
            });
  }

  /** Tells which expressions do not compile, or name metrics and events that nobody declares. */
  void expressions(Vocabulary vocabulary) {
    for (PropertySpec property : scenario.properties()) {
      boolean isThreshold = where.has(Section.THRESHOLDS.key, property.name());
      String section = isThreshold ? Section.THRESHOLDS.key : Section.PROPERTIES.key;
      compile(() -> checkTrivial(property, vocabulary, section), section, property.name());
    }
    if (scenario.steadyState() != null) {
      for (SteadyState.Probe probe : scenario.steadyState().probes()) {
        compile(
            () -> Expression.condition(probe.expr(), vocabulary),
            Section.STEADY_STATE.key,
            "probes",
            probe.name(),
            "expr");
      }
    }
    for (TimelineEntry entry : scenario.timeline().entries()) {
      compile(() -> entry.compile(vocabulary), Section.TIMELINE.key, entry.name(), entry.key());
    }
    scenario
        .measurements()
        .forEach(
            (name, expression) ->
                compile(
                    () -> Expression.number(expression, vocabulary),
                    Section.MEASUREMENTS.key,
                    name));
    for (Section section : List.of(Section.METHOD, Section.ROLLBACKS)) {
      for (MethodStep step : section == Section.METHOD ? scenario.method() : scenario.rollbacks()) {
        if (step.trigger() instanceof MethodStep.When when) {
          compile(
              () -> Expression.condition(when.condition(), vocabulary),
              section.key,
              step.name(),
              "when");
        }
      }
    }
  }

  /** A property that any system passes is a mistake of its author. */
  private void checkTrivial(PropertySpec property, Vocabulary vocabulary, String section) {
    Timing timing = scenario.timing();
    Duration measured = timing.duration().minus(timing.warmup());
    Triviality trivial = Triviality.of(property, vocabulary, measured);
    if (trivial != null) {
      String key = property.mode().name().toLowerCase(Locale.ROOT);
      problems.warn(where.of(section, property.name(), key), trivial.sentence(property.name()));
    }
  }

  private void compile(Runnable compilation, String... path) {
    try {
      compilation.run();
    } catch (ExpressionException invalid) {
      for (ExpressionException.Problem problem : invalid.problems()) {
        problems.error(
            where.ofCharacter(problem.line(), problem.column(), problem.field(), path),
            problem.message());
      }
    }
  }

  private void checkUnique(Section section, List<String> names) {
    TreeSet<String> seen = new TreeSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        problems.error(
            where.ofSecond(name, section.key),
            "The name (%s) is there already. Maybe remove one?".formatted(name));
      }
    }
  }
}
