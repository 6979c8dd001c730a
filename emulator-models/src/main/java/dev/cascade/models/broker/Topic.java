package dev.cascade.models.broker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Size;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A topic.
 *
 * @param name it is published to by requests for {@code /name}
 * @param partitions that it is split into; partition p is led by the p-th broker, and so around.
 *     Kafka's num.partitions is 1
 * @param recordSize of a record; the default, 1 kB, is a guess
 * @param retention after which records are deleted; Kafka's retention.ms is 7 days
 * @param retentionBytes of each partition, beyond which the oldest are deleted; Kafka's
 *     retention.bytes has no bound
 */
public record Topic(
    @JsonPropertyDescription("It is published to by requests for /name.") String name,
    @JsonProperty(defaultValue = "1") @JsonPropertyDescription("That it is split into.")
        int partitions,
    @JsonProperty(defaultValue = "1kB") @JsonPropertyDescription("Size of a record.")
        Size recordSize,
    @JsonProperty(defaultValue = "7d") @JsonPropertyDescription("After which records are deleted.")
        Duration retention,
    @JsonPropertyDescription("Of each partition; the oldest records beyond it are deleted.")
        @Nullable Size retentionBytes) {
  public Topic {
    if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "The name (" + name + ") of a topic may hold only letters, digits, '.', '_' and '-'.");
    }
    if (partitions < 1 || partitions > 1000) {
      throw new IllegalArgumentException(
          "The partitions (" + partitions + ") must be 1 to 1000. Maybe 3?");
    }
    if (recordSize.bytes() < 1 || recordSize.bytes() > 1_000_000_000) {
      throw new IllegalArgumentException(
          "The recordSize (" + recordSize + ") must be 1B to 1GB. Maybe 1kB?");
    }
    Durations.requirePositive("retention", retention);
  }

  /** A topic that keeps records as long as Kafka does. */
  public static Topic of(String name, int partitions) {
    return new Topic(name, partitions, new Size(1_000), Duration.ofDays(7), null);
  }

  /** The same keeping less. */
  public Topic retention(Duration newRetention, @Nullable Size newBytes) {
    return new Topic(name, partitions, recordSize, newRetention, newBytes);
  }
}
