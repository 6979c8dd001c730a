package dev.cascade.models.broker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Bandwidth;
import dev.cascade.node.QueueSpec;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;

/**
 * Brokers; each replica is one, and the first coordinates all groups.
 *
 * @param topics what can be published to, and read
 * @param ioThreads that serve requests; Kafka's num.io.threads is 8
 * @param queue where requests wait for them; Kafka's queued.max.requests is 500
 * @param requestCpu CPU time of a request; the default, 50 µs, is a guess
 * @param diskBandwidth of each broker; the default, 250 MB/s, is a guess at network storage
 * @param groupInitialRebalanceDelay how long an empty group waits for more members; Kafka's default
 *     is 3 s
 * @param cores of each host; the default, 4, is a guess at a small instance
 */
public record BrokerConfig(
    @JsonPropertyDescription("What can be published to, and read.") List<Topic> topics,
    @JsonProperty(defaultValue = "8") @JsonPropertyDescription("Threads that serve requests.")
        int ioThreads,
    @JsonProperty(defaultValue = "{capacity: 500}")
        @JsonPropertyDescription("Where requests wait for them.")
        QueueSpec queue,
    @JsonProperty(defaultValue = "50us") @JsonPropertyDescription("CPU time of a request.")
        DurationDistribution requestCpu,
    @JsonProperty(defaultValue = "250MB/s") @JsonPropertyDescription("Of each broker's disk.")
        Bandwidth diskBandwidth,
    @JsonProperty(defaultValue = "3s")
        @JsonPropertyDescription("How long an empty group waits for more members.")
        Duration groupInitialRebalanceDelay,
    @JsonProperty(defaultValue = "4") @JsonPropertyDescription("Cores of each host.") int cores) {
  public BrokerConfig {
    topics = List.copyOf(topics);
    if (topics.isEmpty()) {
      throw new IllegalArgumentException(
          "The topics (none) must be at least one. Maybe {name: orders, partitions: 3}?");
    }
    if (topics.stream().map(Topic::name).distinct().count() < topics.size()) {
      throw new IllegalArgumentException("The topics must differ in name.");
    }
    if (ioThreads < 1) {
      throw new IllegalArgumentException(
          "The ioThreads (" + ioThreads + ") must be at least 1. Maybe 8?");
    }
    if (cores < 1) {
      throw new IllegalArgumentException("The cores (" + cores + ") must be at least 1. Maybe 4?");
    }
    if (groupInitialRebalanceDelay.isNegative()) {
      throw new IllegalArgumentException(
          "The groupInitialRebalanceDelay ("
              + groupInitialRebalanceDelay
              + ") cannot be negative. Maybe 3s?");
    }
  }

  /** Brokers with Kafka's defaults. */
  public static BrokerConfig of(Topic... topics) {
    return new BrokerConfig(
        List.of(topics),
        8,
        QueueSpec.of(500),
        DurationDistribution.constant(Duration.ofNanos(50_000)),
        new Bandwidth(250e6),
        Duration.ofSeconds(3),
        4);
  }
}
