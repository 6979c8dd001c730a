package dev.cascade.run;

import dev.cascade.metrics.Readings;
import dev.cascade.node.Suggestion;
import dev.cascade.property.Expression;
import dev.cascade.random.DurationText;
import dev.cascade.scenario.MethodStep;
import dev.cascade.scenario.ModelCatalog;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.ScenarioBuilder;
import dev.cascade.scenario.ScenarioFile;
import dev.cascade.schedule.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * An emulation: a scenario, its seed and its mitigations, ready to be run. The same class serves
 * the command line, tests and, later, the cluster.
 *
 * <p>{@link #run} runs it from start to end. Tests may also {@link #start} it and go through it in
 * pieces: it rests where they stop, and what happens does not depend on where that is.
 */
public final class Emulation implements AutoCloseable {
  private final Scenario scenario;
  private final @Nullable ScenarioFile file;
  private final Map<String, Scenario> controls;
  private final List<Emulation> variants = new ArrayList<>();
  private RunOptions options = RunOptions.DEFAULT;
  private RunListener listener = RunListener.NONE;
  private @Nullable Run run;
  private @Nullable RunResult result;
  private volatile boolean stopped;

  private Emulation(
      Scenario scenario, @Nullable ScenarioFile file, Map<String, Scenario> controls) {
    this.scenario = scenario;
    this.file = file;
    this.controls = new LinkedHashMap<>(controls);
  }

  /** An emulation of a scenario with the seed that it has. */
  public static Emulation of(Scenario scenario) {
    return new Emulation(scenario, null, new LinkedHashMap<>());
  }

  /**
   * An emulation of a scenario that is built in Java.
   *
   * @throws dev.cascade.scenario.ScenarioException if it refers to what is not there
   */
  public static Emulation of(ScenarioBuilder scenario) {
    return of(
        scenario.build(ModelCatalog.of(List.of()).withBuiltIns(Words.ENGINE_METRICS, List.of())));
  }

  /**
   * An emulation of a file with some mitigations. Measurements that are told less another run's
   * have that run made too, with the same seed.
   */
  public static Emulation of(ScenarioFile file, List<String> mitigations, long seed) {
    Map<String, Scenario> controls = new LinkedHashMap<>();
    file.controls(mitigations).forEach((name, control) -> controls.put(name, control.seed(seed)));
    return new Emulation(file.scenario(mitigations).seed(seed), file, controls);
  }

  /** The same of a file whose schedule somebody else chooses; as the file says if null. */
  public static Emulation of(
      ScenarioFile file, List<String> mitigations, long seed, @Nullable Schedule schedule) {
    Emulation plain = of(file, mitigations, seed);
    if (schedule == null) {
      return plain;
    }
    Map<String, Scenario> controls = new LinkedHashMap<>();
    plain.controls.forEach((name, control) -> controls.put(name, control.schedule(schedule)));
    return new Emulation(plain.scenario.schedule(schedule), file, controls);
  }

  /**
   * The same emulation with these mitigations too, not started.
   *
   * @throws dev.cascade.scenario.ScenarioException if there is no such mitigation
   */
  public Emulation withMitigation(String... names) {
    if (file == null) {
      throw new IllegalStateException(
          "The scenario (%s) was built in Java and has no mitigations. Maybe build it twice?"
              .formatted(scenario.metadata().name()));
    }
    List<String> all = new ArrayList<>(scenario.active());
    all.addAll(List.of(names));
    return variant(of(file, all, scenario.timing().seed(), scenario.timing().schedule()));
  }

  /** The same emulation with another seed, not started. */
  public Emulation withSeed(long seed) {
    return variant(
        file == null
            ? of(scenario.seed(seed))
            : of(file, scenario.active(), seed, scenario.timing().schedule()));
  }

  /** What is closed with this one. */
  private Emulation variant(Emulation other) {
    variants.add(other);
    return other.options(options);
  }

  /** What is run. */
  public Scenario scenario() {
    return scenario;
  }

  /** Says how to run it. */
  public Emulation options(RunOptions newOptions) {
    options = newOptions;
    return this;
  }

  /** Lets somebody hear how it goes. */
  public Emulation listener(RunListener newListener) {
    listener = newListener;
    return this;
  }

  /** Ends the run soon, at a moment of rest; any thread may ask for it. */
  public void stop() {
    stopped = true;
  }

  /**
   * Runs it.
   *
   * @throws UnsupportedScenarioException if the scenario asks for what cannot be emulated
   */
  public RunResult run() {
    return start().runToEnd();
  }

  // ---- in pieces

  /**
   * Sets the world up, at rest before its first event.
   *
   * @throws UnsupportedScenarioException if the scenario asks for what cannot be emulated
   */
  public Emulation start() {
    if (run != null) {
      throw new IllegalStateException(
          "The emulation is started already. Maybe withSeed() or withMitigation() for another?");
    }
    run = new Run(scenario, options, listener, () -> stopped, Run.Witness.NONE, false);
    run.start();
    return this;
  }

  /** Whether it was started. */
  public boolean isStarted() {
    return run != null;
  }

  /** Virtual time since the start. */
  public Duration now() {
    return Duration.ofNanos(started().nowNanos());
  }

  /** Whether the run has come to its end, whatever that is. */
  public boolean isOver() {
    return started().isOver();
  }

  /** Goes on until so much virtual time has passed since the start, or the run is over. */
  public Emulation advanceTo(Duration time) {
    Run going = started();
    while (!going.isOver() && going.nowNanos() < time.toNanos()) {
      going.advanceTo(time.toNanos());
    }
    return this;
  }

  /** Lets so much virtual time pass, or what is left of the run. */
  public Emulation advanceBy(Duration time) {
    return advanceTo(now().plus(time));
  }

  /** Goes on to the next tick, where numbers are gathered and properties judged. */
  public Emulation advanceToTick() {
    return advanceTo(Duration.ofNanos(started().nextTickNanos()));
  }

  /**
   * Goes on until a step of the method was done.
   *
   * @throws IllegalArgumentException if there is no such step
   * @throws IllegalStateException if the run is over before
   */
  public Emulation advanceTo(String step) {
    List<String> steps = Words.steps(scenario).stream().map(MethodStep::name).toList();
    if (!steps.contains(step)) {
      throw new IllegalArgumentException(
          "The method has no step (%s).%s".formatted(step, Suggestion.maybe(step, steps)));
    }
    Run going = started();
    while (!going.isOver() && !going.hasDone(step)) {
      going.advanceTo(Long.MAX_VALUE);
    }
    if (!going.hasDone(step)) {
      throw new IllegalStateException(
          "The run was over at %s, and the step (%s) was not done."
              .formatted(DurationText.format(now()), step));
    }
    return this;
  }

  /**
   * The value of an expression at the last tick, {@code rate('http_requests_total', '10s')}; null
   * where there is no data.
   *
   * @throws dev.cascade.property.ExpressionException if it means nothing
   */
  public @Nullable Double value(String expression) {
    Readings readings = started().readings();
    return Expression.number(expression, Words.vocabulary(scenario))
        .measure(readings, readings.store().ticks() - 1);
  }

  /**
   * The value of a gauge at the last tick, {@code lb_healthy_endpoints{upstream="pricing"}}.
   *
   * @throws IllegalStateException if nobody has set it yet
   */
  public double gauge(String selector) {
    Double value = value("gauge('" + selector + "')");
    if (value == null) {
      throw new IllegalStateException(
          "The gauge (%s) has no value at %s. Maybe advance further?"
              .formatted(selector, DurationText.format(now())));
    }
    return value;
  }

  /** A counter since the start of the measured part, at the last tick; 0 if it was not touched. */
  public double counter(String selector) {
    Double value = value("total('" + selector + "')");
    return value == null ? 0 : value;
  }

  /** What Awaitility can wait for, in emulated time; see {@link Awaiting}. */
  public ConditionFactory await(String alias, Duration emulatedLimit) {
    return Awaiting.within(this, alias, emulatedLimit);
  }

  /** Goes on to the end, whatever that is. Called again it says the same. */
  public RunResult runToEnd() {
    if (result == null) {
      Run going = started();
      while (!going.isOver()) {
        going.advanceTo(Long.MAX_VALUE);
      }
      result = withControls(going.result());
      going.close();
    }
    return result;
  }

  /** Gives the run up where it is; what was seen so far is the result. */
  public RunResult giveUp() {
    started().giveUp();
    return runToEnd();
  }

  private Run started() {
    if (run == null) {
      throw new IllegalStateException("The emulation is not started. Maybe start()?");
    }
    return run;
  }

  /** Gives back what this emulation and those made of it hold. */
  @Override
  public void close() {
    variants.forEach(Emulation::close);
    if (run != null && result == null) {
      run.close();
    }
  }

  // ---- measurements less another run's

  private RunResult withControls(RunResult result) {
    if (result.end().ending() != Ending.COMPLETED || controls.isEmpty()) {
      return controls.isEmpty() ? result : result.measured(lessNothing(result));
    }
    return result.measured(lessControls(result));
  }

  private RunResult control(Scenario what) {
    RunListener who = progressOf(listener);
    try (Run control = new Run(what, options, who, () -> stopped, Run.Witness.NONE, true)) {
      return control.execute();
    }
  }

  /** Without its control run a difference is not known. */
  private Map<String, @Nullable Double> lessNothing(RunResult result) {
    Map<String, @Nullable Double> numbers = new LinkedHashMap<>(result.findings().measurements());
    controls.keySet().forEach(name -> numbers.put(name, null));
    return numbers;
  }

  /** Each measurement that has a control, less what the control measured; equal ones run once. */
  private Map<String, @Nullable Double> lessControls(RunResult result) {
    Map<String, @Nullable Double> numbers = new LinkedHashMap<>(result.findings().measurements());
    Map<String, RunResult> done = new LinkedHashMap<>();
    controls.forEach(
        (name, control) -> {
          RunResult other = done.get(control.hash());
          if (other == null) {
            other = control(control);
            done.put(control.hash(), other);
          }
          Double here = numbers.get(name);
          Double there = other.findings().measurements().get(name);
          if (here == null || there == null || other.end().ending() != Ending.COMPLETED) {
            numbers.put(name, null);
          } else {
            numbers.put(name, here - there);
          }
        });
    return numbers;
  }

  /** The journal is that of the run itself. */
  private static RunListener progressOf(RunListener listener) {
    return new RunListener() {
      @Override
      public void onProgress(Progress progress) {
        listener.onProgress(progress);
      }
    };
  }
}
