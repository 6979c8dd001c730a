package dev.cascade.scenario;

import dev.cascade.property.Expectations;
import dev.cascade.property.PropertySpec;
import dev.cascade.property.SteadyState;
import dev.cascade.property.TimelineSpec;
import dev.cascade.schedule.Schedule;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is emulated: everything that a run depends on, and what it is judged by. Read from a file by
 * {@link ScenarioReader}, or built in Java by {@link ScenarioBuilder}.
 *
 * @param metadata its name and description
 * @param timing seed, duration, warm-up and sampling tick
 * @param network the network where no link is named
 * @param topology entries and loads, in the order of the file
 * @param links rules for links, of which the last that fits counts
 * @param method the timeline
 * @param rollbacks steps that put things right again, timed like those of the method
 * @param steadyState what normal means; tested before the method and at the end, if present
 * @param properties what must hold, thresholds included
 * @param thresholds what the thresholds among the properties measure, by the name of the property
 * @param timeline what a post-mortem's clock showed when
 * @param measurements expressions by the names of the numbers they yield
 * @param expect what is expected of properties, by {@code base} or mitigation
 * @param mitigations all that can be switched on
 * @param switchedOff what the file has and leaves out
 * @param active the mitigations that are switched on in this value
 * @param merged the scenario as a file of its own, overlays merged in, that reads back to it
 */
public record Scenario(
    Metadata metadata,
    Timing timing,
    NetworkSpec network,
    List<TopologyEntry<?>> topology,
    List<LinkRule> links,
    List<MethodStep> method,
    List<MethodStep> rollbacks,
    @Nullable SteadyState steadyState,
    List<PropertySpec> properties,
    Map<String, List<Limit>> thresholds,
    TimelineSpec timeline,
    Map<String, String> measurements,
    Map<String, Expectations> expect,
    List<Mitigation> mitigations,
    SwitchedOff switchedOff,
    List<String> active,
    String merged) {
  /** What {@code expect} calls the scenario without mitigations. */
  public static final String BASE = "base";

  public Scenario {
    topology = List.copyOf(topology);
    links = List.copyOf(links);
    method = List.copyOf(method);
    rollbacks = List.copyOf(rollbacks);
    properties = List.copyOf(properties);
    thresholds = Collections.unmodifiableMap(new LinkedHashMap<>(thresholds));
    measurements = Collections.unmodifiableMap(new LinkedHashMap<>(measurements));
    expect = Collections.unmodifiableMap(new LinkedHashMap<>(expect));
    mitigations = List.copyOf(mitigations);
    active = List.copyOf(active);
  }

  /** Begins to build a scenario in Java. */
  public static ScenarioBuilder named(String name) {
    return new ScenarioBuilder(name);
  }

  /** The same with another seed. */
  public Scenario seed(long seed) {
    return seed == timing.seed() ? this : with(timing.seed(seed), StandAlone.seeded(merged, seed));
  }

  /** The same with somebody else who chooses; with nobody if null. */
  public Scenario schedule(@Nullable Schedule schedule) {
    return with(timing.schedule(schedule), StandAlone.scheduled(merged, schedule));
  }

  /** The entry or load of a name. */
  public Optional<TopologyEntry<?>> entry(String name) {
    return topology.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  /**
   * Requests a second that an entry can serve at most; infinite if there is no such bound, or
   * nobody can tell.
   */
  public double capacityPerSecond(String entry) {
    return new Neighbours(topology, (name, where, what) -> {}).capacityPerSecond(entry);
  }

  /**
   * What is expected of the properties in this variant: of the base if no mitigation is switched
   * on. Where the file has no line for it, or several are on, they are expected to hold.
   */
  public Expectations expected() {
    String variant = active.isEmpty() ? BASE : active.size() == 1 ? active.get(0) : "";
    return expect.getOrDefault(variant, new Expectations(new LinkedHashMap<>()));
  }

  /**
   * A hash of all that a run and its verdicts depend on, in hexadecimal digits; the names of the
   * scenario, its mitigations and properties are no part of it. The seed is.
   */
  public String hash() {
    return TreeHash.of(Rendering.essence(this));
  }

  /**
   * The guesses that a run rests on: defaults that nobody has measured and that the scenario leaves
   * as they are, in the order of the file. None if it was built in Java, where all is given.
   */
  public List<GuessedValue> guesses() {
    return Guesses.of(this);
  }

  Scenario merged(String newMerged) {
    return with(timing, newMerged);
  }

  /** The same with other entries, another duration, and other steps; its file is as it was. */
  public Scenario staged(
      List<TopologyEntry<?>> newTopology,
      Duration newDuration,
      List<MethodStep> newMethod,
      List<MethodStep> newRollbacks) {
    Timing longer =
        new Timing(
            timing.seed(), newDuration, timing.warmup(), timing.sampling(), timing.schedule());
    return new Scenario(
        metadata,
        longer,
        network,
        newTopology,
        links,
        newMethod,
        newRollbacks,
        steadyState,
        properties,
        thresholds,
        timeline,
        measurements,
        expect,
        mitigations,
        switchedOff,
        active,
        merged);
  }

  private Scenario with(Timing newTiming, String newMerged) {
    return new Scenario(
        metadata,
        newTiming,
        network,
        topology,
        links,
        method,
        rollbacks,
        steadyState,
        properties,
        thresholds,
        timeline,
        measurements,
        expect,
        mitigations,
        switchedOff,
        active,
        newMerged);
  }
}
