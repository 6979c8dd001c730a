package dev.cascade.models.ingestion;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.node.Rate;
import java.time.Duration;

/**
 * Customers' programs that send measurements over one protocol; each host asks one of the target's
 * addresses, as its resolver has told it, the first host the first.
 *
 * @param target where they send to
 * @param path the protocol
 * @param rate measurements a second of all hosts together
 * @param flushEvery how often a program sends what has come together; 10 s with statsd
 * @param acknowledged whether it learns what has arrived: over TCP it does, over UDP it does not
 * @param timeout of an attempt
 * @param firstWait before an attempt is made again; doubled from then on
 * @param longestWait between two attempts
 * @param buffer how old what was not acknowledged may get before it is dropped
 */
public record SenderConfig(
    @JsonPropertyDescription("Where they send to.") String target,
    @JsonPropertyDescription("The protocol, as a path.") String path,
    @JsonPropertyDescription("Measurements of all hosts together.") Rate rate,
    @JsonProperty(defaultValue = "1s") @JsonPropertyDescription("How often a program sends.")
        Duration flushEvery,
    @JsonProperty(defaultValue = "true")
        @JsonPropertyDescription("Whether it learns what has arrived; not over UDP.")
        boolean acknowledged,
    @Guess("a client's usual connect time-out")
        @JsonProperty(defaultValue = "5s")
        @JsonPropertyDescription("Of an attempt.")
        Duration timeout,
    @JsonProperty(defaultValue = "1s")
        @JsonPropertyDescription("Before an attempt is made again; doubled from then on.")
        Duration firstWait,
    @JsonProperty(defaultValue = "30s") @JsonPropertyDescription("At most between two attempts.")
        Duration longestWait,
    @Guess("some memory of a small agent")
        @JsonProperty(defaultValue = "60s")
        @JsonPropertyDescription("How old what was not taken may get before it is dropped.")
        Duration buffer) {
  public SenderConfig {
    Durations.requirePositive("flushEvery", flushEvery);
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

  Outbox.Patience patience() {
    return new Outbox.Patience(timeout, firstWait, longestWait, buffer);
  }
}
