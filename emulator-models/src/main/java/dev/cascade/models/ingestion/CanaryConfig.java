package dev.cascade.models.ingestion;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import java.time.Duration;

/**
 * A canary: asks all addresses of the target now and then, and stores what it saw by way of one of
 * them.
 *
 * @param target whose addresses it asks
 * @param probePath what it asks for
 * @param okPath where it stores that all answered
 * @param failedPath where it stores that one did not
 * @param reportVia which of the addresses it stores by, 1 for the first: what its resolver told it
 * @param every how often
 * @param timeout of each probe
 */
public record CanaryConfig(
    @JsonPropertyDescription("Whose addresses it asks.") String target,
    @JsonProperty(defaultValue = "/probe") @JsonPropertyDescription("What it asks for.")
        String probePath,
    @JsonProperty(defaultValue = "/canary-ok")
        @JsonPropertyDescription("Where it stores that all answered.")
        String okPath,
    @JsonProperty(defaultValue = "/canary-failed")
        @JsonPropertyDescription("Where it stores that one did not.")
        String failedPath,
    @Guess("any of them, by its resolver")
        @JsonProperty(defaultValue = "1")
        @JsonPropertyDescription("Which address it stores by, 1 for the first.")
        int reportVia,
    @Guess("the resolution of a usual series")
        @JsonProperty(defaultValue = "10s")
        @JsonPropertyDescription("How often.")
        Duration every,
    @Guess("a client's usual connect time-out")
        @JsonProperty(defaultValue = "5s")
        @JsonPropertyDescription("Of each probe.")
        Duration timeout) {
  public CanaryConfig {
    Durations.requirePositive("every", every);
    Durations.requirePositive("timeout", timeout);
    if (reportVia < 1) {
      throw new IllegalArgumentException(
          "The reportVia (" + reportVia + ") must be at least 1, the first address.");
    }
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
