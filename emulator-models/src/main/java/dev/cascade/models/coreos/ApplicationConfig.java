package dev.cascade.models.coreos;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import java.time.Duration;

/**
 * An application that serves HTTP, and says in etcd that it does.
 *
 * @param cpu of a request
 * @param ttl how long its key lives
 * @param announceEvery how often it writes the key
 */
public record ApplicationConfig(
    @Guess("a small request")
        @JsonProperty(defaultValue = "2ms")
        @JsonPropertyDescription("CPU of a request.")
        Duration cpu,
    @JsonProperty(defaultValue = "60s")
        @JsonPropertyDescription(
            "How long its key lives: as CoreOS's examples of sidekicks have it.")
        Duration ttl,
    @JsonProperty(defaultValue = "45s")
        @JsonPropertyDescription("How often it writes the key: as those examples have it.")
        Duration announceEvery) {
  public ApplicationConfig {
    Durations.requirePositive("ttl", ttl);
    Durations.requirePositive("announceEvery", announceEvery);
    if (announceEvery.compareTo(ttl) >= 0) {
      throw new IllegalArgumentException(
          "The announceEvery (%s) must be shorter than the ttl (%s)."
              .formatted(announceEvery, ttl));
    }
  }
}
