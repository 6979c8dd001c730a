package dev.cascade.models.balancer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import java.time.Duration;

/**
 * How a proxy checks the hosts behind it. Envoy has no defaults for the first five; these are those
 * of its examples, and guesses.
 *
 * @param path asked for; any 2xx is a success
 * @param interval between the end of one check of a host and the next
 * @param timeout after which a check has failed
 * @param unhealthyThreshold failures in a row that a healthy host needs; an answer other than 2xx
 *     is enough by itself
 * @param healthyThreshold successes in a row that an unhealthy host needs; a new one needs one
 */
public record HealthCheck(
    @JsonProperty(defaultValue = "/") @JsonPropertyDescription("What is asked for.") String path,
    @Guess("Envoy's examples, as it has no defaults")
        @JsonProperty(defaultValue = "5s")
        @JsonPropertyDescription("Between the end of one check of a host and the next.")
        Duration interval,
    @Guess("Envoy's examples, as it has no defaults")
        @JsonProperty(defaultValue = "1s")
        @JsonPropertyDescription("After which a check has failed.")
        Duration timeout,
    @Guess("Envoy's examples, as it has no defaults")
        @JsonProperty(defaultValue = "3")
        @JsonPropertyDescription(
            "Checks in a row without an answer that a healthy host needs; a bad answer is enough.")
        int unhealthyThreshold,
    @Guess("Envoy's examples, as it has no defaults")
        @JsonProperty(defaultValue = "2")
        @JsonPropertyDescription("Successes in a row that an unhealthy host needs.")
        int healthyThreshold) {
  public HealthCheck {
    Durations.requirePositive("interval", interval);
    Durations.requirePositive("timeout", timeout);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "The path (" + path + ") must begin with '/'. Maybe /" + path + "?");
    }
    if (unhealthyThreshold < 1 || healthyThreshold < 1) {
      throw new IllegalArgumentException(
          "The unhealthyThreshold ("
              + unhealthyThreshold
              + ") and the healthyThreshold ("
              + healthyThreshold
              + ") must be at least 1.");
    }
  }
}
