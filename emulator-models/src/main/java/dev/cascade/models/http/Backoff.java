package dev.cascade.models.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.random.RandomStream;
import java.time.Duration;

/**
 * How long a client waits before it sends again: twice as long each time.
 *
 * @param base the longest wait before the first retry
 * @param max no wait is longer
 * @param jitter how chance shortens each wait
 */
public record Backoff(
    @JsonPropertyDescription("The wait before the first retry; then it doubles.") Duration base,
    @JsonPropertyDescription("No wait is longer.") Duration max,
    @JsonProperty(defaultValue = "full") @JsonPropertyDescription("How chance shortens each wait.")
        Jitter jitter) {
  /** How chance shortens a wait; names and formulas of Brooker, AWS Architecture Blog, 2015. */
  public enum Jitter {
    /** Not at all: all who failed together come back together. */
    NONE,
    /** To anything from half of it. */
    EQUAL,
    /** To anything from nothing. */
    FULL
  }

  public Backoff {
    Durations.requirePositive("base", base);
    if (max.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "The max (" + max + ") must not be shorter than the base (" + base + ").");
    }
  }

  /**
   * The wait before a retry, in nanoseconds.
   *
   * @param retry 1 for the first
   */
  public long delayNanos(int retry, RandomStream random) {
    double doubled = base.toNanos() * StrictMath.pow(2, retry - 1.0);
    long longest = (long) Math.min(doubled, (double) max.toNanos());
    return switch (jitter) {
      case NONE -> longest;
      case EQUAL -> longest - random.nextLong(longest / 2 + 1);
      case FULL -> random.nextLong(longest + 1);
    };
  }
}
