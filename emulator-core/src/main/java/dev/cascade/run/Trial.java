package dev.cascade.run;

import dev.cascade.metrics.Readings;
import dev.cascade.metrics.SeriesStore;
import dev.cascade.scenario.MethodStep;
import dev.cascade.scenario.Scenario;

/** Finds out, without running anything, whether a scenario could be run. */
public final class Trial {
  private Trial() {}

  /**
   * Does all that a run does before its first event.
   *
   * @throws UnsupportedScenarioException if the scenario asks for what cannot be emulated
   * @throws dev.cascade.property.ExpressionException if an expression means nothing
   */
  public static void of(Scenario scenario) {
    Blueprint blueprint = Blueprint.of(scenario);
    new Wiring(scenario, blueprint).network();
    new Judges(scenario, new Readings(new SeriesStore(), 0), new Journal(RunListener.NONE));
    for (MethodStep step : Words.steps(scenario)) {
      if (step.trigger() instanceof MethodStep.When when) {
        Method.condition(step, when, Words.vocabulary(scenario));
      }
    }
  }
}
