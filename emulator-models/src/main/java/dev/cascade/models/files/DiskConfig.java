package dev.cascade.models.files;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;

/**
 * How long a host's one disk takes. It does one thing after the other.
 *
 * @param blockSize bytes that a process reads or writes at once; 4 KiB, a page and the block size
 *     of ext4
 * @param read of one block; a guess at a busy virtual disk (components H1: 1 to 3 ms)
 * @param write of one block; a guess at a busy virtual disk (components H1: 1 to 5 ms)
 * @param call CPU of a system call, the copy of a block included
 * @param giveUpAfter after which a call is not waited for, one for a lock included, as disks may
 *     hang
 */
public record DiskConfig(
    @JsonProperty(defaultValue = "4096")
        @JsonPropertyDescription("Bytes that are read or written at once.")
        int blockSize,
    @Guess("a busy virtual disk")
        @JsonProperty(defaultValue = "{distribution: uniform, min: 1ms, max: 3ms}")
        @JsonPropertyDescription("How long reading a block takes.")
        DurationDistribution read,
    @Guess("a busy virtual disk")
        @JsonProperty(defaultValue = "{distribution: uniform, min: 1ms, max: 5ms}")
        @JsonPropertyDescription("How long writing a block takes.")
        DurationDistribution write,
    @Guess("some microseconds")
        @JsonProperty(defaultValue = "5us")
        @JsonPropertyDescription("CPU of a system call.")
        Duration call,
    @Guess("a patient program")
        @JsonProperty(defaultValue = "1m")
        @JsonPropertyDescription("After which a call is not waited for, one for a lock included.")
        Duration giveUpAfter) {
  /** What it is unless told otherwise. */
  public static final DiskConfig DEFAULT =
      new DiskConfig(
          4096,
          new DurationDistribution.Uniform(Duration.ofMillis(1), Duration.ofMillis(3)),
          new DurationDistribution.Uniform(Duration.ofMillis(1), Duration.ofMillis(5)),
          Duration.ofNanos(5_000),
          Duration.ofMinutes(1));

  public DiskConfig {
    Durations.requirePositive("giveUpAfter", giveUpAfter);
    if (call.isNegative()) {
      throw new IllegalArgumentException("The call (" + call + ") cannot be negative. Maybe 5us?");
    }
    if (blockSize < 1) {
      throw new IllegalArgumentException(
          "The blockSize (" + blockSize + ") must be at least 1. Maybe 4096?");
    }
  }
}
