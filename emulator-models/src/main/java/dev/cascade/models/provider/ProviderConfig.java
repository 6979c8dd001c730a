package dev.cascade.models.provider;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.node.Ratio;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;

/**
 * A provider's interface for moving virtual addresses.
 *
 * @param vips the entry whose addresses it moves
 * @param moveTime from the moment that a move is begun until it is done; Hetzner says 40 to 60 s, a
 *     post-mortem "around one per minute" (components G1)
 * @param swallow how long what comes is lost around the change of the route
 * @param parallel moves of an account that are under way at once; others wait
 * @param queue moves that wait; more are answered with 429
 * @param quotaPerHour moves that are taken in an hour; Hetzner's is about 50
 * @param errors share of moves that are turned away with 503
 * @param routerTimeout after which a router that does not answer has not changed its route: 503
 */
public record ProviderConfig(
    @JsonPropertyDescription("The entry whose addresses it moves.") String vips,
    @JsonProperty(defaultValue = "{distribution: uniform, min: 45s, max: 65s}")
        @JsonPropertyDescription("How long a move takes once it is begun.")
        DurationDistribution moveTime,
    @Guess("a change of routes that networks agree upon")
        @JsonProperty(defaultValue = "{distribution: uniform, min: 1s, max: 5s}")
        @JsonPropertyDescription("How long traffic is lost around the change of the route.")
        DurationDistribution swallow,
    @JsonProperty(defaultValue = "1") @JsonPropertyDescription("Moves under way at once.")
        int parallel,
    @Guess("more than an account has addresses")
        @JsonProperty(defaultValue = "100")
        @JsonPropertyDescription("Moves that wait; more are answered with 429.")
        int queue,
    @JsonProperty(defaultValue = "50") @JsonPropertyDescription("Moves taken in an hour.")
        int quotaPerHour,
    @Guess("a web API on a usual day")
        @JsonProperty(defaultValue = "1%")
        @JsonPropertyDescription("Share of moves turned away with 503.")
        Ratio errors,
    @Guess("a network's own gear is near")
        @JsonProperty(defaultValue = "5s")
        @JsonPropertyDescription("After which a router has not changed its route: 503.")
        Duration routerTimeout) {
  public ProviderConfig {
    Durations.requirePositive("routerTimeout", routerTimeout);
    if (parallel < 1) {
      throw new IllegalArgumentException(
          "The parallel (" + parallel + ") must be at least 1: nothing would be moved.");
    }
    if (queue < 0 || quotaPerHour < 0) {
      throw new IllegalArgumentException(
          "The queue ("
              + queue
              + ") and the quotaPerHour ("
              + quotaPerHour
              + ") cannot be negative.");
    }
  }
}
