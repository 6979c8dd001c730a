package dev.cascade.models.load;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Rate;
import java.time.Duration;

/**
 * One stretch of a ramp; the rate changes evenly from where the one before ended.
 *
 * @param target the rate at its end
 * @param duration how long it takes; 0 is a step
 */
public record Stage(
    @JsonPropertyDescription("The rate at its end.") Rate target,
    @JsonPropertyDescription("How long the change takes; 0s is a step.") Duration duration) {
  public Stage {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("The duration (" + duration + ") cannot be negative.");
    }
  }
}
