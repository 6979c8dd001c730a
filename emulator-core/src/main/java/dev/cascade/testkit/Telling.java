package dev.cascade.testkit;

import dev.cascade.property.PropertySpec;
import dev.cascade.property.Triviality;
import dev.cascade.run.Words;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.Timing;
import org.jspecify.annotations.Nullable;

/** Whether a property can tell one run from another. */
final class Telling {
  private Telling() {}

  /** Why it cannot; null if it can. */
  static @Nullable Triviality triviality(Scenario scenario, PropertySpec property) {
    Timing timing = scenario.timing();
    return Triviality.of(
        property, Words.vocabulary(scenario), timing.duration().minus(timing.warmup()));
  }
}
