package dev.cascade.models.ingestion;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import java.time.Duration;

/**
 * How long a client holds on to what it has not got rid of.
 *
 * @param timeout of an attempt
 * @param firstWait before an attempt is made again; doubled from then on
 * @param longestWait between two attempts
 * @param buffer how old what was not acknowledged may get before it is dropped
 */
public record Patience(
    @Guess("a client's usual connect time-out")
        @JsonProperty(defaultValue = "5s")
        @JsonPropertyDescription("Of an attempt.")
        Duration timeout,
    @Guess("a small agent that backs off")
        @JsonProperty(defaultValue = "1s")
        @JsonPropertyDescription("Before an attempt is made again; doubled from then on.")
        Duration firstWait,
    @Guess("a small agent that backs off")
        @JsonProperty(defaultValue = "30s")
        @JsonPropertyDescription("At most between two attempts.")
        Duration longestWait,
    @Guess("some memory of a small agent")
        @JsonProperty(defaultValue = "60s")
        @JsonPropertyDescription("How old what was not taken may get before it is dropped.")
        Duration buffer) {
  public Patience {
    Durations.requirePositive("timeout", timeout);
    Durations.requirePositive("firstWait", firstWait);
    Durations.requirePositive("buffer", buffer);
    if (longestWait.compareTo(firstWait) < 0) {
      throw new IllegalArgumentException(
          "The longestWait ("
              + longestWait
              + ") must not be shorter than the firstWait ("
              + firstWait
              + ").");
    }
  }

  /**
   * How long it waits before the next attempt.
   *
   * @param failures in a row; at least 1
   */
  Duration waitAfter(int failures) {
    Duration wait = firstWait;
    for (int i = 1; i < failures && wait.compareTo(longestWait) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longestWait) < 0 ? wait : longestWait;
  }
}
