package dev.cascade.models.ingestion;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import java.time.Duration;

/**
 * A canary: asks all addresses of the target now and then, and stores what it saw of each by way of
 * that address.
 *
 * @param target whose addresses it asks
 * @param probePath what it asks for
 * @param okPath where it stores that an address answered
 * @param failedPath where it stores that one did not
 * @param every how often
 * @param timeout of each probe
 * @param patience with what it stores: it is a sender like others
 */
public record CanaryConfig(
    @JsonPropertyDescription("Whose addresses it asks.") String target,
    @JsonProperty(defaultValue = "/probe") @JsonPropertyDescription("What it asks for.")
        String probePath,
    @JsonProperty(defaultValue = "/canary-ok")
        @JsonPropertyDescription("Where it stores that one answered.")
        String okPath,
    @JsonProperty(defaultValue = "/canary-failed")
        @JsonPropertyDescription("Where it stores that one did not.")
        String failedPath,
    @Guess("the resolution of a usual series")
        @JsonProperty(defaultValue = "10s")
        @JsonPropertyDescription("How often.")
        Duration every,
    @Guess("a client's usual connect time-out")
        @JsonProperty(defaultValue = "5s")
        @JsonPropertyDescription("Of each probe.")
        Duration timeout,
    @JsonProperty(defaultValue = "{}")
        @JsonPropertyDescription("How long it holds on to what it has not stored.")
        Patience patience) {
  public CanaryConfig {
    Durations.requirePositive("every", every);
    Durations.requirePositive("timeout", timeout);
    if (timeout.compareTo(every) >= 0) {
      throw new IllegalArgumentException(
          "The timeout ("
              + timeout
              + ") must be shorter than the time between two rounds, every ("
              + every
              + ").");
    }
  }
}
