package dev.cascade.scenario;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.random.DurationText;
import java.time.Duration;

/** The plain settings of a run: chance and time. */
public record Timing(
    @JsonPropertyDescription("Every random draw derives from it; --seed overrides.")
        @JsonProperty(defaultValue = "1")
        long seed,
    @JsonPropertyDescription("How long the run lasts, in emulated time.") Duration duration,
    @JsonPropertyDescription("What is left out of statistics and properties at the beginning.")
        @JsonProperty(defaultValue = "0s")
        Duration warmup,
    @JsonPropertyDescription("The tick of metrics and properties, in emulated time.")
        @JsonProperty(defaultValue = "1s")
        Duration sampling) {
  public Timing {
    if (duration.isZero()) {
      throw new IllegalArgumentException("The duration (0s) must be longer than zero.");
    }
    if (warmup.compareTo(duration) >= 0) {
      throw new IllegalArgumentException(
          "The warmup ("
              + DurationText.format(warmup)
              + ") must be shorter than the duration ("
              + DurationText.format(duration)
              + ") of the run. Maybe shorten the warmup?");
    }
    if (sampling.isZero() || sampling.compareTo(duration) > 0) {
      throw new IllegalArgumentException(
          "The sampling ("
              + DurationText.format(sampling)
              + ") must be longer than zero and at most the duration ("
              + DurationText.format(duration)
              + "). Maybe 1s?");
    }
  }

  /** A duration alone. */
  static Timing of(Duration duration) {
    return new Timing(1, duration, Duration.ZERO, Duration.ofSeconds(1));
  }

  /** The same with another seed. */
  public Timing seed(long newSeed) {
    return new Timing(newSeed, duration, warmup, sampling);
  }
}
