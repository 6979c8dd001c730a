package dev.cascade.property;

import org.jspecify.annotations.Nullable;

/**
 * What a tracker found.
 *
 * @param result the verdict
 * @param firstViolationNanos when the first violation began, if there is one
 * @param longestViolationNanos how long the longest lasted, from its first to its last false tick
 * @param slowestResponseNanos the longest time from a trigger until what it asked for began
 * @param reason why it is unknown
 */
record Finding(
    Result result,
    @Nullable Long firstViolationNanos,
    long longestViolationNanos,
    @Nullable Long slowestResponseNanos,
    @Nullable String reason) {
  static Finding holds() {
    return new Finding(Result.HOLDS, null, 0, null, null);
  }

  static Finding violated(@Nullable Long firstNanos, long longestNanos) {
    return new Finding(Result.VIOLATED, firstNanos, longestNanos, null, null);
  }

  static Finding unknown(String reason) {
    return new Finding(Result.UNKNOWN, null, 0, null, reason);
  }

  Finding withLongest(long nanos) {
    return new Finding(result, firstViolationNanos, nanos, slowestResponseNanos, reason);
  }

  Finding withSlowest(@Nullable Long nanos) {
    return new Finding(result, firstViolationNanos, longestViolationNanos, nanos, reason);
  }
}
