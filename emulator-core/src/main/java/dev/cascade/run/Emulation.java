package dev.cascade.run;

import dev.cascade.scenario.Scenario;
import java.util.function.BooleanSupplier;

/**
 * An emulation: a scenario, its seed and its mitigations, ready to be run. The same class serves
 * the command line, tests and, later, the cluster.
 */
public final class Emulation {
  private final Scenario scenario;
  private RunOptions options = RunOptions.DEFAULT;
  private RunListener listener = RunListener.NONE;
  private volatile boolean stopped;

  private Emulation(Scenario scenario) {
    this.scenario = scenario;
  }

  /** An emulation of a scenario with the seed that it has. */
  public static Emulation of(Scenario scenario) {
    return new Emulation(scenario);
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
    BooleanSupplier isStopped = () -> stopped;
    try (Run run = new Run(scenario, options, listener, isStopped, Run.Witness.NONE, false)) {
      return run.execute();
    }
  }
}
