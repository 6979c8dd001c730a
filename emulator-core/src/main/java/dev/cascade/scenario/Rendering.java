package dev.cascade.scenario;

import dev.cascade.property.SteadyState;
import dev.cascade.scenario.MethodStep.At;
import dev.cascade.scenario.MethodStep.Inject;
import dev.cascade.scenario.MethodStep.Operate;
import dev.cascade.scenario.MethodStep.When;
import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a scenario's values as a document with every default spelt out. */
final class Rendering {
  private Rendering() {}

  /** The document that reads back to this scenario, without its mitigations. */
  static Mapping document(Scenario scenario) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("apiVersion", ScenarioReader.API_VERSION);
    document.put("kind", ScenarioReader.KIND);
    document.put("metadata", RecordWriter.record(scenario.metadata()));
    document.put("spec", spec(scenario));
    return RecordWriter.mapping(document);
  }

  /** All that a run and its judgement depend on, and no name that somebody may choose at will. */
  static Mapping essence(Scenario scenario) {
    Mapping spec = spec(scenario).without(List.of(Section.EXPECT.key, Section.TIMELINE.key));
    List<Mapping> properties = records(scenario.properties());
    SteadyState steadyState = scenario.steadyState();
    List<Mapping> probes = steadyState == null ? List.of() : records(steadyState.probes());
    return spec.with(Section.PROPERTIES.key, spec.location(), nameless(properties))
        .with(Section.STEADY_STATE.key, spec.location(), nameless(probes));
  }

  private static List<Mapping> records(List<? extends Record> records) {
    return records.stream().map(record -> RecordWriter.record(record)).toList();
  }

  private static Sequence nameless(List<Mapping> mappings) {
    return RecordWriter.list(
        mappings.stream().map(m -> m.without(List.of("name", "description"))).toList());
  }

  private static Mapping spec(Scenario scenario) {
    Map<String, @Nullable Object> spec = new LinkedHashMap<>();
    RecordWriter.record(scenario.timing())
        .entries()
        .forEach((key, entry) -> spec.put(key, entry.value()));
    spec.put(Section.NETWORK.key, scenario.network());
    spec.put(
        Section.TOPOLOGY.key,
        RecordWriter.list(scenario.topology().stream().map(Rendering::entry).toList()));
    spec.put(
        Section.LINKS.key,
        RecordWriter.list(scenario.links().stream().map(Rendering::link).toList()));
    spec.put(Section.METHOD.key, steps(scenario.method()));
    spec.put(Section.ROLLBACKS.key, steps(scenario.rollbacks()));
    spec.put(Section.STEADY_STATE.key, scenario.steadyState());
    spec.put(Section.PROPERTIES.key, scenario.properties());
    spec.put(Section.TIMELINE.key, scenario.timeline().entries());
    spec.put(Section.MEASUREMENTS.key, scenario.measurements());
    spec.put(Section.EXPECT.key, scenario.expect());
    return RecordWriter.mapping(spec);
  }

  private static Mapping entry(TopologyEntry<?> entry) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("name", entry.name());
    values.put("model", entry.model().name());
    values.put("replicas", entry.replicas());
    values.put("zones", entry.zones());
    values.put("labels", entry.labels());
    values.put("config", entry.config());
    return RecordWriter.mapping(values);
  }

  private static Mapping link(LinkRule rule) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("from", rule.from());
    values.put("to", rule.to());
    values.put("oneWay", rule.oneWay());
    addAll(values, RecordWriter.record(rule.link()));
    return RecordWriter.mapping(values);
  }

  private static Sequence steps(List<MethodStep> steps) {
    return RecordWriter.list(steps.stream().map(Rendering::step).toList());
  }

  private static Mapping step(MethodStep step) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("name", step.name());
    if (step.trigger() instanceof At at) {
      values.put("at", at.time());
    } else if (step.trigger() instanceof When when) {
      values.put("when", when.condition());
      values.put("after", when.after());
    }
    if (step.deed() instanceof Inject inject) {
      addAll(values, RecordWriter.record((Record) inject.fault()));
    } else if (step.deed() instanceof Operate<?, ?> operate) {
      values.put("action", operate.action().name());
      values.put("target", operate.target());
      addAll(values, (Mapping) RecordWriter.write(operate.parameters()));
    }
    return RecordWriter.mapping(values);
  }

  private static void addAll(Map<String, @Nullable Object> values, Mapping mapping) {
    mapping.entries().forEach((key, entry) -> values.put(key, entry.value()));
  }
}
