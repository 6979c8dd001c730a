package dev.cascade.run;

import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.ScenarioFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An emulation: a scenario, its seed and its mitigations, ready to be run. The same class serves
 * the command line, tests and, later, the cluster.
 */
public final class Emulation {
  private final Scenario scenario;
  private final Map<String, Scenario> controls;
  private RunOptions options = RunOptions.DEFAULT;
  private RunListener listener = RunListener.NONE;
  private volatile boolean stopped;

  private Emulation(Scenario scenario, Map<String, Scenario> controls) {
    this.scenario = scenario;
    this.controls = new LinkedHashMap<>(controls);
  }

  /** An emulation of a scenario with the seed that it has. */
  public static Emulation of(Scenario scenario) {
    return new Emulation(scenario, new LinkedHashMap<>());
  }

  /**
   * An emulation of a file with some mitigations. Measurements that are told less another run's
   * have that run made too, with the same seed.
   */
  public static Emulation of(ScenarioFile file, List<String> mitigations, long seed) {
    Map<String, Scenario> controls = new LinkedHashMap<>();
    file.controls(mitigations).forEach((name, control) -> controls.put(name, control.seed(seed)));
    return new Emulation(file.scenario(mitigations).seed(seed), controls);
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
    RunResult result = run(scenario, listener, false);
    if (result.end().ending() != Ending.COMPLETED || controls.isEmpty()) {
      return controls.isEmpty() ? result : result.measured(lessNothing(result));
    }
    return result.measured(lessControls(result));
  }

  private RunResult run(Scenario what, RunListener who, boolean control) {
    BooleanSupplier isStopped = () -> stopped;
    try (Run run = new Run(what, options, who, isStopped, Run.Witness.NONE, control)) {
      return run.execute();
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
            other = run(control, progressOf(listener), true);
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
