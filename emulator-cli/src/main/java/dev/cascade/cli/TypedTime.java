package dev.cascade.cli;

import dev.cascade.random.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Times as they are typed: 10m, 1m30s. */
final class TypedTime {
  /** Longer than anybody waits. */
  private static final Duration NEVER = Duration.ofDays(3650);

  private TypedTime() {}

  /** The time; null if none was typed. */
  static @Nullable Duration orNull(@Nullable String text) {
    return text == null ? null : of(text);
  }

  /** The time; some years if none was typed. */
  static Duration orNever(@Nullable String text) {
    return text == null ? NEVER : of(text);
  }

  /**
   * The time.
   *
   * @throws UsageException if it is none
   */
  static Duration of(String text) {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()));
    }
  }
}
