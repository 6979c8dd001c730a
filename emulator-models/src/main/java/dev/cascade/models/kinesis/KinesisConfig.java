package dev.cascade.models.kinesis;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import java.time.Duration;

/**
 * A stream; the limits of its shards are Amazon's.
 *
 * @param shards that it has at the start, with equal parts of the partition keys' hashes
 * @param retention after which records are deleted; 24 h unless more is paid for
 * @param reshardTime until a change of the number of shards has been made
 */
public record KinesisConfig(
    @JsonProperty(defaultValue = "1") @JsonPropertyDescription("That it has at the start.")
        int shards,
    @JsonProperty(defaultValue = "24h") @JsonPropertyDescription("After which records are deleted.")
        Duration retention,
    @Guess("a split takes half a minute")
        @JsonProperty(defaultValue = "30s")
        @JsonPropertyDescription("Until a change of the number of shards has been made.")
        Duration reshardTime) {
  /** A slip of the hand beyond that; Amazon's own default is 500 in large regions. */
  static final int MAX_SHARDS = 10_000;

  public KinesisConfig {
    if (shards < 1 || shards > MAX_SHARDS) {
      throw new IllegalArgumentException(
          "The shards (" + shards + ") must be 1 to " + MAX_SHARDS + ". Maybe 4?");
    }
    Durations.requirePositive("retention", retention);
    if (reshardTime.isNegative()) {
      throw new IllegalArgumentException(
          "The reshardTime (" + reshardTime + ") cannot be negative. Maybe 30s?");
    }
  }

  /** A stream with so many shards. */
  public static KinesisConfig of(int shards) {
    return new KinesisConfig(shards, Duration.ofHours(24), Duration.ofSeconds(30));
  }
}
