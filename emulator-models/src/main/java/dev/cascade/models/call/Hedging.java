package dev.cascade.models.call;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;

/**
 * Asks again before an answer has come, and takes the first success. Words are gRPC's, and so is
 * the rule that a failure brings the next attempt at once.
 *
 * @param maxAttempts of one call, the first included; gRPC allows 5
 * @param hedgingDelay between the start of one attempt and of the next
 */
public record Hedging(
    @JsonProperty(defaultValue = "2")
        @JsonPropertyDescription("Attempts of one call, the first included.")
        int maxAttempts,
    @JsonPropertyDescription("Between the start of one attempt and of the next.")
        Duration hedgingDelay) {
  /** As many as gRPC allows. */
  public static final int MAX_ATTEMPTS = 5;

  public Hedging {
    if (maxAttempts < 2 || maxAttempts > MAX_ATTEMPTS) {
      throw new IllegalArgumentException(
          "The maxAttempts ("
              + maxAttempts
              + ") must be 2 to "
              + MAX_ATTEMPTS
              + ". Maybe leave the hedging out, if one is enough?");
    }
    if (hedgingDelay.isNegative()) {
      throw new IllegalArgumentException(
          "The hedgingDelay (" + hedgingDelay + ") cannot be negative. Maybe 0s?");
    }
  }
}
