package dev.cascade.cli;

import dev.cascade.cli.sweep.Level;
import dev.cascade.cli.sweep.Levels;
import dev.cascade.cli.sweep.Outcome;
import dev.cascade.cli.sweep.Point;
import dev.cascade.metrics.Readings;
import dev.cascade.metrics.SeriesStore;
import dev.cascade.models.load.LoadConfig;
import dev.cascade.models.load.LoadModel;
import dev.cascade.models.load.Stage;
import dev.cascade.node.Rate;
import dev.cascade.property.Expression;
import dev.cascade.property.PropertySpec;
import dev.cascade.property.Result;
import dev.cascade.property.Vocabulary;
import dev.cascade.run.RunResult;
import dev.cascade.run.Words;
import dev.cascade.scenario.MethodStep;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.TopologyEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A load that goes up in steps and down again within one run, so that each level on the way down
 * begins in the state that the levels above have left: the hysteresis of the system. The method is
 * switched off; the load is the only cause.
 */
final class Staircase {
  private final Scenario base;
  private final List<Level> levels;
  private final Duration hold;
  private final Map<String, List<Rate>> rates;

  private Staircase(
      Scenario base, List<Level> levels, Duration hold, Map<String, List<Rate>> rates) {
    this.base = base;
    this.levels = levels;
    this.hold = hold;
    this.rates = rates;
  }

  /**
   * A staircase.
   *
   * @param scenarios the scenario at each level
   * @param hold how long each level lasts
   * @throws UsageException if the parameter is not the rate of loads and nothing else
   */
  static Staircase of(Levels varied, List<Scenario> scenarios, Duration hold) {
    Map<String, List<Rate>> rates = new LinkedHashMap<>();
    Scenario first = scenarios.get(0);
    for (TopologyEntry<?> entry : first.topology()) {
      boolean varies =
          scenarios.stream()
              .anyMatch(other -> !isSame(entry, other.entry(entry.name()).orElse(null)));
      if (varies) {
        rates.put(entry.name(), rates(varied, entry.name(), scenarios));
      }
    }
    if (rates.isEmpty()) {
      throw notARate(varied, "it changes none");
    }
    return new Staircase(first, varied.all(), hold, rates);
  }

  private static boolean isSame(TopologyEntry<?> entry, @Nullable TopologyEntry<?> other) {
    return other != null
        && entry.config().equals(other.config())
        && entry.replicas() == other.replicas();
  }

  private static List<Rate> rates(Levels varied, String name, List<Scenario> scenarios) {
    List<Rate> rates = new ArrayList<>();
    LoadConfig before = null;
    for (Scenario scenario : scenarios) {
      Object config = scenario.entry(name).map(entry -> (Object) entry.config()).orElse(null);
      if (!(config instanceof LoadConfig load) || load.rate() == null) {
        throw notARate(varied, "it changes (" + name + ")");
      }
      if (before != null && !sameButRate(before, load)) {
        throw notARate(varied, "it changes more of (" + name + ") than its rate");
      }
      if (before != null && Objects.equals(before.rate(), load.rate())) {
        throw notARate(varied, "it leaves the rate of (" + name + ") as it is");
      }
      before = load;
      rates.add(Objects.requireNonNull(load.rate()));
    }
    return rates;
  }

  private static boolean sameButRate(LoadConfig one, LoadConfig other) {
    Rate any = Objects.requireNonNull(one.rate());
    List<Stage> same = List.of(new Stage(any, Duration.ZERO));
    return one.inStages(any, same).equals(other.inStages(any, same));
  }

  private static UsageException notARate(Levels varied, String why) {
    return new UsageException(
        "With --down only the rate of a load can be varied, and (%s) is none: %s. Maybe load.NAME.rate?"
            .formatted(varied.path(), why));
  }

  /** How long a run takes. */
  Duration duration() {
    return hold.multipliedBy(2L * levels.size() - 1);
  }

  /** What is run: the scenario with its loads in stages, and steps that never come. */
  Scenario scenario() {
    List<TopologyEntry<?>> topology = new ArrayList<>();
    for (TopologyEntry<?> entry : base.topology()) {
      topology.add(rates.containsKey(entry.name()) ? inStages(entry) : entry);
    }
    return base.staged(topology, duration(), never(base.method()), never(base.rollbacks()));
  }

  private TopologyEntry<LoadConfig> inStages(TopologyEntry<?> entry) {
    List<Rate> all = Objects.requireNonNull(rates.get(entry.name()));
    List<Stage> stages = new ArrayList<>();
    for (int step = 0; step < 2 * levels.size() - 1; step++) {
      stages.add(new Stage(all.get(place(step)), Duration.ZERO));
      stages.add(new Stage(all.get(place(step)), hold));
    }
    return new TopologyEntry<>(
        entry.name(),
        new LoadModel(),
        ((LoadConfig) entry.config()).inStages(all.get(0), stages),
        entry.replicas(),
        entry.zones(),
        entry.labels());
  }

  /** Properties may name the events of steps; so the steps stay, but for after the end. */
  private List<MethodStep> never(List<MethodStep> steps) {
    return steps.stream()
        .map(
            step ->
                new MethodStep(step.name(), new MethodStep.At(duration().plusDays(1)), step.deed()))
        .toList();
  }

  /** Which level a step has: up to the last, then down. */
  private int place(int step) {
    return step < levels.size() ? step : 2 * levels.size() - 2 - step;
  }

  /** A run's steps, up and down; the highest is in both. */
  record Ways(List<Outcome> up, List<Outcome> down) {}

  /** What a run showed at the end of each level. */
  Ways look(RunResult result) {
    Vocabulary words = Words.vocabulary(result.scenario());
    List<Outcome> all = new ArrayList<>();
    for (int step = 0; step < 2 * levels.size() - 1; step++) {
      all.add(outcome(result, words, step));
    }
    List<Outcome> down = new ArrayList<>(all.subList(levels.size() - 1, all.size()));
    Collections.reverse(down);
    return new Ways(all.subList(0, levels.size()), down);
  }

  private Outcome outcome(RunResult result, Vocabulary words, int step) {
    SeriesStore store = result.recording().series();
    long end = hold.toNanos() * (step + 1);
    boolean reached = result.end().virtualTime().toNanos() >= end;
    int tick = store.tickAtOrBefore(end);
    // What has no window of its own is over the second half of the level.
    Readings readings = new Readings(store, end - hold.toNanos() / 2);
    Map<String, Result> properties = new LinkedHashMap<>();
    for (PropertySpec property : judged(result.scenario())) {
      properties.put(property.name(), judge(property, words, readings, tick));
    }
    Map<String, @Nullable Double> measurements = new LinkedHashMap<>();
    result
        .scenario()
        .measurements()
        .forEach(
            (name, text) ->
                measurements.put(name, Expression.number(text, words).measure(readings, tick)));
    return new Outcome(
        result.scenario().timing().seed(),
        result.end().ending().word(),
        reached,
        properties,
        measurements,
        result.recording().traceHash());
  }

  /** Properties whose expression is a state: events have no level at which they are. */
  static List<PropertySpec> judged(Scenario scenario) {
    return scenario.properties().stream()
        .filter(property -> property.mode() != PropertySpec.Mode.SOMETIMES)
        .filter(property -> !property.expression().contains("event("))
        .toList();
  }

  private static Result judge(
      PropertySpec property, Vocabulary words, Readings readings, int tick) {
    boolean isNever = property.mode() == PropertySpec.Mode.NEVER;
    return switch (Expression.condition(property.expression(), words)
        .judge(readings, tick)
        .worst()) {
      case TRUE -> isNever ? Result.VIOLATED : Result.HOLDS;
      case FALSE -> isNever ? Result.HOLDS : Result.VIOLATED;
      case UNKNOWN -> Result.UNKNOWN;
    };
  }

  /** Runs as points, one for each level. */
  List<Point> points(List<Ways> runs, boolean up) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      int place = i;
      points.add(
          new Point(
              List.of(levels.get(i)),
              runs.stream().map(run -> (up ? run.up() : run.down()).get(place)).toList()));
    }
    return points;
  }
}
