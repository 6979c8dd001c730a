package dev.cascade.property;

import java.time.Duration;

/**
 * A stretch of a run in which a property was violated.
 *
 * @param from virtual time of its first false tick, or of the event
 * @param to virtual time of its last false tick; equal to {@code from} where it was one tick alone
 */
public record Stretch(Duration from, Duration to) {
  static Stretch ofNanos(long fromNanos, long toNanos) {
    return new Stretch(Duration.ofNanos(fromNanos), Duration.ofNanos(toNanos));
  }
}
