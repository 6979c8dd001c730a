package dev.cascade.models.call;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Ratio;
import java.time.Duration;

/**
 * When a client stops to ask. Words and defaults are resilience4j's, with its window of counts.
 *
 * @param failureRateThreshold the share of failures at which it opens
 * @param slidingWindowSize attempts that it remembers
 * @param minimumNumberOfCalls attempts before it judges at all
 * @param waitDurationInOpenState how long it lets none through
 * @param permittedNumberOfCallsInHalfOpenState attempts that it then lets through to judge anew
 */
public record CircuitBreaker(
    @JsonProperty(defaultValue = "50%")
        @JsonPropertyDescription("The share of failures at which it opens.")
        Ratio failureRateThreshold,
    @JsonProperty(defaultValue = "100") @JsonPropertyDescription("Attempts that it remembers.")
        int slidingWindowSize,
    @JsonProperty(defaultValue = "100")
        @JsonPropertyDescription("Attempts before it judges at all.")
        int minimumNumberOfCalls,
    @JsonProperty(defaultValue = "60s")
        @JsonPropertyDescription("How long it lets none through once it is open.")
        Duration waitDurationInOpenState,
    @JsonProperty(defaultValue = "10")
        @JsonPropertyDescription("Attempts that it then lets through, to judge anew.")
        int permittedNumberOfCallsInHalfOpenState) {
  /** A window beyond this is a slip of the hand: it would remember hours. */
  private static final int MAX_WINDOW = 1_000_000;

  public CircuitBreaker {
    if (failureRateThreshold.value() <= 0) {
      throw new IllegalArgumentException(
          "The failureRateThreshold ("
              + failureRateThreshold
              + ") must be more than 0: the breaker would open at a success. Maybe 50%?");
    }
    if (slidingWindowSize < 1 || slidingWindowSize > MAX_WINDOW) {
      throw new IllegalArgumentException(
          "The slidingWindowSize ("
              + slidingWindowSize
              + ") must be 1 to "
              + MAX_WINDOW
              + ". Maybe 100?");
    }
    if (minimumNumberOfCalls < 1 || minimumNumberOfCalls > slidingWindowSize) {
      throw new IllegalArgumentException(
          "The minimumNumberOfCalls ("
              + minimumNumberOfCalls
              + ") must be 1 to the slidingWindowSize ("
              + slidingWindowSize
              + "): it would never judge. Maybe "
              + slidingWindowSize
              + "?");
    }
    if (waitDurationInOpenState.isNegative() || waitDurationInOpenState.isZero()) {
      throw new IllegalArgumentException(
          "The waitDurationInOpenState ("
              + waitDurationInOpenState
              + ") must be longer than zero. Maybe 60s?");
    }
    if (permittedNumberOfCallsInHalfOpenState < 1) {
      throw new IllegalArgumentException(
          "The permittedNumberOfCallsInHalfOpenState ("
              + permittedNumberOfCallsInHalfOpenState
              + ") must be at least 1: it would never close again. Maybe 10?");
    }
  }
}
