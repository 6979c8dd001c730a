package dev.cascade.network;

/**
 * What becomes of one message, decided at its sender. One instance is reused for every message of a
 * shard, since a record for each would be a third of a send's cost.
 */
public final class Fate {
  /** The kinds of fate. */
  public enum Kind {
    DELIVERED,
    /** Lost by chance. */
    LOST,
    /** Swallowed by a cut. */
    CUT,
    /** Turned away by a cut that says so. */
    REJECTED
  }

  Kind kind = Kind.DELIVERED;
  long delayNanos;
  long duplicateDelayNanos;

  /** Which it is. */
  public Kind kind() {
    return kind;
  }

  /** Time on the link if it is delivered; one way of the round trip if it is rejected. */
  public long delayNanos() {
    return delayNanos;
  }

  /** When a second copy arrives, or a negative number if there is none. */
  public long duplicateDelayNanos() {
    return duplicateDelayNanos;
  }
}
