package dev.cascade.scenario;

import dev.cascade.fault.Fault;
import dev.cascade.fault.Target;
import dev.cascade.node.Action;
import dev.cascade.node.Model;
import dev.cascade.property.Expectations;
import dev.cascade.property.PropertySpec;
import dev.cascade.property.SteadyState;
import dev.cascade.property.TimelineEntry;
import dev.cascade.property.TimelineSpec;
import dev.cascade.scenario.MethodStep.At;
import dev.cascade.scenario.MethodStep.Deed;
import dev.cascade.scenario.MethodStep.Inject;
import dev.cascade.scenario.MethodStep.Operate;
import dev.cascade.scenario.MethodStep.Trigger;
import dev.cascade.scenario.MethodStep.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds a scenario in Java, as tests do; it is checked like one from a file. */
public final class ScenarioBuilder {
  private final Metadata metadata;
  private Timing timing = Timing.of(Duration.ofMinutes(1));
  private NetworkSpec network = NetworkSpec.DEFAULT;
  private final List<TopologyEntry<?>> topology = new ArrayList<>();
  private final List<LinkRule> links = new ArrayList<>();
  private final List<MethodStep> method = new ArrayList<>();
  private @Nullable SteadyState steadyState;
  private final List<PropertySpec> properties = new ArrayList<>();
  private final List<TimelineEntry> timeline = new ArrayList<>();
  private final Map<String, String> measurements = new LinkedHashMap<>();
  private final Map<String, Expectations> expect = new LinkedHashMap<>();

  ScenarioBuilder(String name) {
    metadata = Metadata.of(name);
  }

  /** Every random draw derives from it; 1 unless said otherwise. */
  public ScenarioBuilder seed(long seed) {
    timing = timing.seed(seed);
    return this;
  }

  /** How long the run lasts, in emulated time; one minute unless said otherwise. */
  public ScenarioBuilder duration(Duration duration) {
    timing = new Timing(timing.seed(), duration, timing.warmup(), timing.sampling());
    return this;
  }

  /** What statistics and properties leave out at the beginning; nothing unless said otherwise. */
  public ScenarioBuilder warmup(Duration warmup) {
    timing = new Timing(timing.seed(), timing.duration(), warmup, timing.sampling());
    return this;
  }

  /** The tick of metrics and properties; one second unless said otherwise. */
  public ScenarioBuilder sampling(Duration sampling) {
    timing = new Timing(timing.seed(), timing.duration(), timing.warmup(), sampling);
    return this;
  }

  /** The network where no link is named. */
  public ScenarioBuilder network(NetworkSpec newNetwork) {
    network = newNetwork;
    return this;
  }

  /** Adds an entry of the topology, or a load. */
  public ScenarioBuilder entry(TopologyEntry<?> entry) {
    topology.add(entry);
    return this;
  }

  /** Adds an entry of the topology, or a load. */
  public <C> ScenarioBuilder entry(
      String name, Model<C> model, C config, int replicas, String... zones) {
    return entry(
        new TopologyEntry<>(name, model, config, replicas, List.of(zones), new TreeMap<>()));
  }

  /** Lays a link between two places, both ways; see {@link LinkRule}. */
  public ScenarioBuilder link(String from, String to, Link link) {
    links.add(new LinkRule(from, to, false, link));
    return this;
  }

  /** Injects a fault at a time. */
  public ScenarioBuilder at(Duration time, String name, Fault fault) {
    return step(name, new At(time), new Inject(fault));
  }

  /** Performs a model's action at a time. */
  public <C, P> ScenarioBuilder at(
      Duration time, String name, Target target, Action<C, P> action, P parameters) {
    return step(name, new At(time), new Operate<>(target, action, parameters));
  }

  /** Injects a fault some time after a condition has become visible. */
  public ScenarioBuilder when(String condition, Duration after, String name, Fault fault) {
    return step(name, new When(condition, after), new Inject(fault));
  }

  /** Performs a model's action some time after a condition has become visible. */
  public <C, P> ScenarioBuilder when(
      String condition,
      Duration after,
      String name,
      Target target,
      Action<C, P> action,
      P parameters) {
    return step(name, new When(condition, after), new Operate<>(target, action, parameters));
  }

  private ScenarioBuilder step(String name, Trigger trigger, Deed deed) {
    method.add(new MethodStep(name, trigger, deed));
    return this;
  }

  /** Says what normal means, before the method and at the end. */
  public ScenarioBuilder steadyState(SteadyState newSteadyState) {
    steadyState = newSteadyState;
    return this;
  }

  /** Says what is expected of the properties; that they hold, unless said otherwise. */
  public ScenarioBuilder expect(Expectations expectations) {
    expect.put(Scenario.BASE, expectations);
    return this;
  }

  /** Adds something that must hold. */
  public ScenarioBuilder property(PropertySpec property) {
    properties.add(property);
    return this;
  }

  /** Adds what a post-mortem's clock showed when; the first entry is given. */
  public ScenarioBuilder timeline(TimelineEntry entry) {
    timeline.add(entry);
    return this;
  }

  /** Adds a number of the run. */
  public ScenarioBuilder measure(String name, String expression) {
    measurements.put(name, expression);
    return this;
  }

  /**
   * The scenario.
   *
   * @param catalog tells what the engine measures; models are known from their entries
   * @throws ScenarioException if it refers to what is not there, or says things twice
   */
  public Scenario build(ModelCatalog catalog) {
    Scenario scenario =
        new Scenario(
            metadata,
            timing,
            network,
            topology,
            links,
            method,
            List.of(),
            steadyState,
            properties,
            new LinkedHashMap<>(),
            new TimelineSpec(timeline),
            measurements,
            expect,
            List.of(),
            SwitchedOff.NOTHING,
            List.of(),
            "");
    Problems problems = new Problems();
    ScenarioCheck check =
        new ScenarioCheck(scenario, new Unread(), Whereabouts.unknown(metadata.name()), problems);
    check.names();
    check.expressions(catalog.vocabulary(scenario));
    problems.throwIfAny();
    return scenario.merged(YamlWriter.write(Rendering.document(scenario)));
  }
}
