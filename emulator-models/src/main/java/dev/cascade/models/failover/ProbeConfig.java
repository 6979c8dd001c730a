package dev.cascade.models.failover;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import java.time.Duration;

/**
 * How the first address of a batch is tried once it has been moved, as a client would.
 *
 * @param path what it is asked for
 * @param attempts of which one must succeed: the route has just changed, and swallows for seconds
 * @param timeout of an attempt
 */
public record ProbeConfig(
    @JsonPropertyDescription("What it is asked for.") String path,
    @Guess("a route that has just changed")
        @JsonProperty(defaultValue = "3")
        @JsonPropertyDescription("Of which one must succeed.")
        int attempts,
    @Guess("a client's usual connect time-out")
        @JsonProperty(defaultValue = "5s")
        @JsonPropertyDescription("Of an attempt.")
        Duration timeout) {
  public ProbeConfig {
    Durations.requirePositive("timeout", timeout);
    if (attempts < 1) {
      throw new IllegalArgumentException(
          "The attempts (" + attempts + ") must be at least 1: all would fail. Maybe 3?");
    }
  }
}
