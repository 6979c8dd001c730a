package dev.cascade.scenario;

import dev.cascade.node.MetricInfo;
import dev.cascade.node.Suggestion;
import dev.cascade.property.Expectation;
import dev.cascade.property.Expectations;
import dev.cascade.property.PropertySpec;
import dev.cascade.property.SteadyState;
import dev.cascade.property.TimelineEntry;
import dev.cascade.property.TimelineSpec;
import dev.cascade.property.Vocabulary;
import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Scalar;
import dev.cascade.scenario.Tree.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a spec, its references resolved, into records; goes on where something is wrong. */
final class SpecReader {
  private final Mapping spec;
  private final ModelCatalog catalog;
  private final Problems problems;
  private final RecordBinder binder;

  SpecReader(Mapping spec, ModelCatalog catalog, Problems problems) {
    this.spec = spec;
    this.catalog = catalog;
    this.problems = problems;
    this.binder = new RecordBinder(problems);
  }

  Optional<Timing> timing() {
    return binder.bindRest(spec, Timing.class, Section.keys());
  }

  NetworkSpec network() {
    Tree network = spec.get(Section.NETWORK.key);
    return network == null
        ? NetworkSpec.DEFAULT
        : binder.bind(network, NetworkSpec.class).orElse(NetworkSpec.DEFAULT);
  }

  TopologyReader topology() {
    return new TopologyReader(this, catalog);
  }

  List<LinkRule> links() {
    List<LinkRule> links = new ArrayList<>();
    List<String> own = RecordShape.of(Forms.Ends.class).names();
    for (Mapping item : items(Section.LINKS)) {
      Optional<Forms.Ends> ends = binder.bind(item.only(own), Forms.Ends.class);
      Optional<Link> link = binder.bindRest(withDefaults(item), Link.class, own);
      if (ends.isPresent() && link.isPresent()) {
        Forms.Ends places = ends.get();
        links.add(new LinkRule(places.from(), places.to(), places.oneWay(), link.get()));
      }
    }
    return links;
  }

  /** A rule inherits from the default link what it does not say; its latency goes as a whole. */
  private Mapping withDefaults(Mapping rule) {
    Mapping merged = rule;
    Mapping defaults = defaultLink();
    boolean ownLatency = rule.get("latency") != null;
    for (String key : RecordShape.of(Link.class).names()) {
      Tree value = defaults.get(key);
      boolean ofLatency = key.equals("latencyMin") || key.equals("jitter");
      if (value != null && rule.get(key) == null && !(ownLatency && ofLatency)) {
        merged = merged.with(key, defaults.keyLocation(key), value);
      }
    }
    return merged;
  }

  private Mapping defaultLink() {
    if (spec.get(Section.NETWORK.key) instanceof Mapping network
        && network.get("default") instanceof Mapping link) {
      return link;
    }
    return (Mapping) RecordShape.of(NetworkSpec.class).keys().get(0).defaultTree();
  }

  List<PropertySpec> properties() {
    List<PropertySpec> properties = new ArrayList<>();
    for (Mapping item : items(Section.PROPERTIES)) {
      binder.bind(item, PropertySpec.class).ifPresent(properties::add);
    }
    return properties;
  }

  TimelineSpec timeline() {
    List<TimelineEntry> entries = new ArrayList<>();
    for (Mapping item : items(Section.TIMELINE)) {
      binder.bind(item, TimelineEntry.class).ifPresent(entries::add);
    }
    return new TimelineSpec(entries);
  }

  /** Expressions by name. */
  Map<String, String> measurements() {
    Map<String, String> measurements = new LinkedHashMap<>();
    mapping(Section.MEASUREMENTS)
        .entries()
        .forEach(
            (name, entry) -> {
              if (entry.value() instanceof Scalar scalar && !scalar.isNull()) {
                measurements.put(name, scalar.text());
              } else if (entry.value() instanceof Mapping mapping) {
                binder
                    .bind(mapping, Forms.Measurement.class)
                    .ifPresent(measurement -> measurements.put(name, measurement.expr()));
              } else {
                problems.error(
                    entry.value().location(),
                    "This is %s, but an expression is due.".formatted(entry.value().kind()));
              }
            });
    return measurements;
  }

  Optional<SteadyState> steadyState() {
    Tree tree = spec.get(Section.STEADY_STATE.key);
    return tree == null ? Optional.empty() : binder.bind(tree, SteadyState.class);
  }

  /** Thresholds by their keys. */
  Map<String, List<Limit>> thresholds(Vocabulary vocabulary) {
    Map<String, List<Limit>> limits = new LinkedHashMap<>();
    mapping(Section.THRESHOLDS)
        .entries()
        .forEach(
            (key, entry) ->
                threshold(key, entry, vocabulary).ifPresent(found -> limits.put(key, found)));
    return limits;
  }

  private Optional<List<Limit>> threshold(String key, Mapping.Entry entry, Vocabulary vocabulary) {
    MetricInfo metric = vocabulary.metric(Threshold.metric(key));
    if (metric == null) {
      problems.error(
          entry.key(),
          "There is no metric (%s).%s"
              .formatted(
                  Threshold.metric(key),
                  Suggestion.maybe(Threshold.metric(key), vocabulary.metricNames())));
    }
    if (!(entry.value() instanceof Sequence sequence) || sequence.items().isEmpty()) {
      problems.error(
          entry.value().location(),
          "This is %s, but a list of thresholds is due. Maybe ['p(95)<500ms']?"
              .formatted(entry.value().kind()));
      return Optional.empty();
    }
    List<Threshold> thresholds = new ArrayList<>();
    for (Tree item : sequence.items()) {
      Optional<Threshold> threshold =
          binder.bind(item, Forms.Threshold.class).flatMap(form -> threshold(item, form));
      threshold.ifPresent(thresholds::add);
    }
    if (metric == null || thresholds.size() < sequence.items().size()) {
      return Optional.empty();
    }
    return binder.make(sequence, () -> Threshold.limits(key, metric, thresholds, vocabulary));
  }

  private Optional<Threshold> threshold(Tree item, Forms.Threshold form) {
    if (form.abortOnFail()) {
      problems.warn(
          item.location(), "The abortOnFail (true) has no effect: a run goes to its end.");
    }
    return binder.make(item, () -> Threshold.parse(form.threshold()));
  }

  /** What is expected of properties, by variant. */
  Map<String, Expectations> expect() {
    Map<String, Expectations> expect = new LinkedHashMap<>();
    mapping(Section.EXPECT)
        .entries()
        .forEach(
            (variant, entry) -> {
              Map<String, Expectation> table = new LinkedHashMap<>();
              if (entry.value() instanceof Mapping mapping) {
                mapping
                    .entries()
                    .forEach(
                        (property, word) ->
                            binder
                                .bind(word.value(), Expectation.class)
                                .ifPresent(expectation -> table.put(property, expectation)));
              } else {
                problems.error(
                    entry.value().location(),
                    "This is %s, but a mapping of properties is due."
                        .formatted(entry.value().kind()));
              }
              expect.put(variant, new Expectations(table));
            });
    return expect;
  }

  RecordBinder binder() {
    return binder;
  }

  Problems problems() {
    return problems;
  }

  /** The mapping of a section, without keys if it is absent. */
  Mapping mapping(Section section) {
    Tree tree = spec.get(section.key);
    if (tree instanceof Mapping mapping) {
      return mapping;
    }
    if (tree != null && !isNothing(tree)) {
      problems.error(tree.location(), "This is " + tree.kind() + ", but a mapping is due.");
    }
    return Tree.emptyMapping(spec.location());
  }

  /** The items of a section that is a list of mappings. */
  List<Mapping> items(Section section) {
    Tree tree = spec.get(section.key);
    List<Mapping> items = new ArrayList<>();
    if (tree instanceof Sequence sequence) {
      for (Tree item : sequence.items()) {
        if (item instanceof Mapping mapping) {
          items.add(mapping);
        } else if (!(item instanceof Scalar scalar && scalar.isBroken())) {
          problems.error(item.location(), "This is " + item.kind() + ", but a mapping is due.");
        }
      }
    } else if (tree != null && !isNothing(tree)) {
      problems.error(tree.location(), "This is " + tree.kind() + ", but a list is due.");
    }
    return items;
  }

  private static boolean isNothing(Tree tree) {
    return tree instanceof Scalar scalar && (scalar.isNull() || scalar.isBroken());
  }
}
