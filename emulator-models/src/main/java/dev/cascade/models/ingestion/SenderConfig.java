package dev.cascade.models.ingestion;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.node.Rate;
import dev.cascade.node.Size;
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
 * @param patience with what is not acknowledged
 * @param pointSize of a measurement in a datagram
 */
public record SenderConfig(
    @JsonPropertyDescription("Where they send to.") String target,
    @JsonPropertyDescription("The protocol, as a path.") String path,
    @JsonPropertyDescription("Measurements of all hosts together.") Rate rate,
    @Guess("a collector's usual interval")
        @JsonProperty(defaultValue = "1s")
        @JsonPropertyDescription("How often a program sends.")
        Duration flushEvery,
    @JsonProperty(defaultValue = "true")
        @JsonPropertyDescription("Whether it learns what has arrived; not over UDP.")
        boolean acknowledged,
    @JsonProperty(defaultValue = "{}")
        @JsonPropertyDescription("How long it holds on to what was not acknowledged.")
        Patience patience,
    @Guess("a line of Graphite's protocol")
        @JsonProperty(defaultValue = "60B")
        @JsonPropertyDescription("Of a measurement in a datagram.")
        Size pointSize) {
  public SenderConfig {
    Durations.requirePositive("flushEvery", flushEvery);
  }
}
