package dev.cascade.models.broker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Size;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A group of consumers: as many members as the entry has replicas, each on a host of its own.
 * Defaults are those of Kafka 3's consumer where nothing else is said.
 *
 * @param broker the entry whose topic they read
 * @param topic what they read, from its beginning on
 * @param group its name; that of the entry if null
 * @param cpu CPU time of a record, one after the other
 * @param hold time that a record takes besides
 * @param maxPollRecords records of one batch
 * @param maxPollInterval after which a member that does not ask for the next batch leaves the group
 * @param sessionTimeout after which a silent member is out
 * @param heartbeatInterval how often members say that they are there
 * @param autoCommitInterval after which what was done is committed, when the next batch is asked
 *     for
 * @param partitionAssignmentStrategy who gets which partitions
 * @param fetchMaxWait how long a broker that has no records waits with its answer
 * @param maxPartitionFetchBytes of each partition in one answer
 * @param requestTimeout after which an answer is not waited for
 * @param cores of each host; the default, 4, is a guess at a small instance
 */
public record ConsumerConfig(
    @JsonPropertyDescription("The entry whose topic they read.") String broker,
    @JsonPropertyDescription("What they read, from its beginning on.") String topic,
    @JsonPropertyDescription("The group's name; that of the entry if absent.")
        @Nullable String group,
    @JsonProperty(defaultValue = "0s") @JsonPropertyDescription("CPU time of a record.")
        DurationDistribution cpu,
    @JsonProperty(defaultValue = "0s") @JsonPropertyDescription("Time of a record besides.")
        DurationDistribution hold,
    @JsonProperty(defaultValue = "500") @JsonPropertyDescription("Records of one batch.")
        int maxPollRecords,
    @JsonProperty(defaultValue = "5m")
        @JsonPropertyDescription("After which a member that asks for no batch leaves the group.")
        Duration maxPollInterval,
    @JsonProperty(defaultValue = "45s")
        @JsonPropertyDescription("After which a silent member is out.")
        Duration sessionTimeout,
    @JsonProperty(defaultValue = "3s")
        @JsonPropertyDescription("How often members say that they are there.")
        Duration heartbeatInterval,
    @JsonProperty(defaultValue = "5s")
        @JsonPropertyDescription("After which what was done is committed.")
        Duration autoCommitInterval,
    @JsonProperty(defaultValue = "range") @JsonPropertyDescription("Who gets which partitions.")
        Assignor partitionAssignmentStrategy,
    @JsonProperty(defaultValue = "500ms")
        @JsonPropertyDescription("How long a broker without records waits with its answer.")
        Duration fetchMaxWait,
    @JsonProperty(defaultValue = "1Mi") @JsonPropertyDescription("Of each partition in one answer.")
        Size maxPartitionFetchBytes,
    @JsonProperty(defaultValue = "30s")
        @JsonPropertyDescription("After which an answer is not waited for.")
        Duration requestTimeout,
    @JsonProperty(defaultValue = "4") @JsonPropertyDescription("Cores of each host.") int cores) {
  public ConsumerConfig {
    if (maxPollRecords < 1) {
      throw new IllegalArgumentException(
          "The maxPollRecords (" + maxPollRecords + ") must be at least 1. Maybe 500?");
    }
    Durations.requirePositive("maxPollInterval", maxPollInterval);
    Durations.requirePositive("heartbeatInterval", heartbeatInterval);
    Durations.requirePositive("fetchMaxWait", fetchMaxWait);
    if (sessionTimeout.compareTo(heartbeatInterval) <= 0) {
      throw new IllegalArgumentException(
          "The sessionTimeout ("
              + sessionTimeout
              + ") must be longer than the heartbeatInterval ("
              + heartbeatInterval
              + "). Maybe three times as long?");
    }
    if (requestTimeout.compareTo(fetchMaxWait) <= 0) {
      throw new IllegalArgumentException(
          "The requestTimeout ("
              + requestTimeout
              + ") must be longer than the fetchMaxWait ("
              + fetchMaxWait
              + "). Maybe 30s?");
    }
    if (autoCommitInterval.isNegative()) {
      throw new IllegalArgumentException(
          "The autoCommitInterval (" + autoCommitInterval + ") cannot be negative. Maybe 5s?");
    }
    if (cores < 1) {
      throw new IllegalArgumentException("The cores (" + cores + ") must be at least 1. Maybe 4?");
    }
  }

  /** Consumers with Kafka's defaults that hold each record for so long. */
  public static ConsumerConfig of(String broker, String topic, DurationDistribution hold) {
    return new ConsumerConfig(
        broker,
        topic,
        null,
        DurationDistribution.constant(Duration.ZERO),
        hold,
        500,
        Duration.ofMinutes(5),
        Duration.ofSeconds(45),
        Duration.ofSeconds(3),
        Duration.ofSeconds(5),
        Assignor.RANGE,
        Duration.ofMillis(500),
        new Size(1 << 20),
        Duration.ofSeconds(30),
        4);
  }

  /** The same with other batches. */
  public ConsumerConfig poll(int newRecords, Duration newInterval) {
    return new ConsumerConfig(
        broker,
        topic,
        group,
        cpu,
        hold,
        newRecords,
        newInterval,
        sessionTimeout,
        heartbeatInterval,
        autoCommitInterval,
        partitionAssignmentStrategy,
        fetchMaxWait,
        maxPartitionFetchBytes,
        requestTimeout,
        cores);
  }

  /** The same with other assignments. */
  public ConsumerConfig assignor(Assignor newAssignor) {
    return new ConsumerConfig(
        broker,
        topic,
        group,
        cpu,
        hold,
        maxPollRecords,
        maxPollInterval,
        sessionTimeout,
        heartbeatInterval,
        autoCommitInterval,
        newAssignor,
        fetchMaxWait,
        maxPartitionFetchBytes,
        requestTimeout,
        cores);
  }
}
