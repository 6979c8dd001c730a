package com.example;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Rate;
import java.time.Duration;

/**
 * What {@code config:} of an entry holds. {@code cascade explain rate-limiter} and the schema are
 * made of it.
 *
 * @param target the entry that requests are handed to
 * @param limit requests a second that each gateway lets through
 * @param burst requests that it lets through at once after a quiet time
 * @param cpu of the gateway for a request; the default is a guess at a proxy's
 */
public record RateLimiterConfig(
    @JsonPropertyDescription("The entry of the topology that requests are handed to.")
        String target,
    @JsonPropertyDescription("Requests that each gateway lets through.") Rate limit,
    @JsonPropertyDescription("Requests let through at once after a quiet time.")
        @JsonProperty(defaultValue = "10")
        int burst,
    @JsonPropertyDescription("CPU of the gateway for a request; a guess.")
        @JsonProperty(defaultValue = "100us")
        Duration cpu) {
  public RateLimiterConfig {
    if (burst < 1) {
      throw new IllegalArgumentException(
          "The burst (" + burst + ") must be at least 1: nothing would pass. Maybe 10?");
    }
  }
}
