package dev.cascade.scenario;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.random.DurationText;
import dev.cascade.schedule.Schedule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
        Duration sampling,
    @JsonPropertyDescription(
            "Who chooses where messages may come in this order or that, pct:depth=3,steps=400,seed=7;"
                + " what the seed draws if absent.")
        @Nullable Schedule schedule) {
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

  /** Without a schedule. */
  public Timing(long seed, Duration duration, Duration warmup, Duration sampling) {
    this(seed, duration, warmup, sampling, null);
  }

  /** A duration alone. */
  static Timing of(Duration duration) {
    return new Timing(1, duration, Duration.ZERO, Duration.ofSeconds(1));
  }

  /** The same with another seed. */
  public Timing seed(long newSeed) {
    return new Timing(newSeed, duration, warmup, sampling, schedule);
  }

  /** The same with another schedule. */
  public Timing schedule(@Nullable Schedule newSchedule) {
    return new Timing(seed, duration, warmup, sampling, newSchedule);
  }
}
