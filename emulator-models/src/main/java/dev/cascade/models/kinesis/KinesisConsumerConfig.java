package dev.cascade.models.kinesis;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import java.time.Duration;

/**
 * An application that reads a stream from its oldest record on: an indexer, an archive. Its
 * replicas share the shards.
 *
 * @param stream the entry that it reads
 * @param pollInterval between two calls for a shard; the Kinesis Client Library has 1 s
 * @param fanOut whether it shares what a shard gives with others
 * @param lineCpu CPU time that its sink needs for a line
 * @param lineHold time besides, in which the sink writes a line elsewhere
 * @param shows whether people read lines there: they are counted by service and kind
 * @param cores of each host
 */
public record KinesisConsumerConfig(
    @JsonPropertyDescription("The entry that it reads.") String stream,
    @JsonProperty(defaultValue = "1s") @JsonPropertyDescription("Between two calls for a shard.")
        Duration pollInterval,
    @JsonProperty(defaultValue = "shared")
        @JsonPropertyDescription("Whether it shares what a shard gives with others.")
        FanOut fanOut,
    @Guess("parsing a line")
        @JsonProperty(defaultValue = "10us")
        @JsonPropertyDescription("CPU time that its sink needs for a line.")
        Duration lineCpu,
    @JsonProperty(defaultValue = "0s")
        @JsonPropertyDescription("Time besides, in which the sink writes a line elsewhere.")
        Duration lineHold,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether people read lines there.")
        boolean shows,
    @Guess("a small instance")
        @JsonProperty(defaultValue = "4")
        @JsonPropertyDescription("Cores of each host.")
        int cores) {
  public KinesisConsumerConfig {
    Durations.requirePositive("pollInterval", pollInterval);
    if (lineCpu.isNegative() || lineHold.isNegative()) {
      throw new IllegalArgumentException(
          "The lineCpu (" + lineCpu + ") and the lineHold (" + lineHold + ") cannot be negative.");
    }
    if (cores < 1) {
      throw new IllegalArgumentException("The cores (" + cores + ") must be at least 1. Maybe 4?");
    }
  }

  /** An application that shares, and shows lines. */
  public static KinesisConsumerConfig of(String stream) {
    return new KinesisConsumerConfig(
        stream,
        Duration.ofSeconds(1),
        FanOut.SHARED,
        Duration.ofNanos(10_000),
        Duration.ZERO,
        true,
        4);
  }

  /** The same with another fan-out. */
  public KinesisConsumerConfig fanOut(FanOut newFanOut) {
    return new KinesisConsumerConfig(
        stream, pollInterval, newFanOut, lineCpu, lineHold, shows, cores);
  }
}
