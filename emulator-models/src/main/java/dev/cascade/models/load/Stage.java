package dev.cascade.models.load;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Rate;
import java.time.Duration;

/**
 * One stretch of a ramp; the rate, or the number of users, changes evenly from where the one before
 * ended.
 *
 * @param target what there is at its end
 * @param duration how long it takes; 0 is a step
 */
public record Stage(
    @JsonPropertyDescription("What there is at its end: a rate, or a number of users.")
        Target target,
    @JsonPropertyDescription("How long the change takes; 0s is a step.") Duration duration) {
  public Stage {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("The duration (" + duration + ") cannot be negative.");
    }
  }

  /** To a rate. */
  public Stage(Rate target, Duration duration) {
    this(new Target(target.perSecond(), true), duration);
  }

  /** To so many users. */
  public static Stage users(int target, Duration duration) {
    return new Stage(new Target(target, false), duration);
  }
}
