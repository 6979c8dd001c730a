package dev.cascade.run;

import dev.cascade.property.Expectations;
import dev.cascade.property.SteadyState;
import dev.cascade.scenario.Scenario;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** What a scenario expects in the variant at hand. */
final class Expected {
  private Expected() {}

  static Expectations of(Scenario scenario) {
    return new Expectations(new LinkedHashMap<>());
  }

  static @Nullable SteadyState steadyState(Scenario scenario) {
    return null;
  }
}
