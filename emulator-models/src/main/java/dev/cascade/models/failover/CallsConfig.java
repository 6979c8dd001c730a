package dev.cascade.models.failover;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import java.time.Duration;

/**
 * How the automation calls its provider.
 *
 * @param moveTimeout after which a move that was asked for is asked for again; 180 s in Hetzner's
 *     clients (components G1)
 * @param listTimeout after which a list of routes is not waited for
 * @param attempts at a move that fails by a fault of the provider's
 * @param retryAfter how long it waits before it asks again, also for an address that is just being
 *     moved
 */
public record CallsConfig(
    @JsonProperty(defaultValue = "3m")
        @JsonPropertyDescription("After which a move is asked for again.")
        Duration moveTimeout,
    @Guess("a web page that is slow")
        @JsonProperty(defaultValue = "30s")
        @JsonPropertyDescription("After which a list of routes is not waited for.")
        Duration listTimeout,
    @Guess("a script that is meant to get through")
        @JsonProperty(defaultValue = "5")
        @JsonPropertyDescription("At a move that fails by a fault of the provider's.")
        int attempts,
    @Guess("a script that is meant to be polite")
        @JsonProperty(defaultValue = "5s")
        @JsonPropertyDescription("How long it waits before it asks again.")
        Duration retryAfter) {
  public CallsConfig {
    Durations.requirePositive("moveTimeout", moveTimeout);
    Durations.requirePositive("listTimeout", listTimeout);
    Durations.requirePositive("retryAfter", retryAfter);
    if (attempts < 1) {
      throw new IllegalArgumentException(
          "The attempts (" + attempts + ") must be at least 1: nothing would be moved. Maybe 5?");
    }
  }
}
