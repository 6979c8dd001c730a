package dev.cascade.time;

/**
 * Something that happens at a virtual time. Events are ordered by (time, tie, origin, sequence):
 * the tie is a hash of seed, time and origin host, so that no host always wins; within one origin
 * first in is first out. Nothing in the key depends on how hosts are spread over shards.
 */
public abstract class Event {
  private long timeNanos;
  private long tie;
  private long origin;
  private long sequence;
  int index = EventQueue.ABSENT;

  /** Gives the event its place in the order; an event that is queued must not be keyed again. */
  public final void key(long newTimeNanos, long newTie, long newOrigin, long newSequence) {
    timeNanos = newTimeNanos;
    tie = newTie;
    origin = newOrigin;
    sequence = newSequence;
  }

  /** When it happens. */
  public final long timeNanos() {
    return timeNanos;
  }

  /** Whether it waits in a queue. */
  public final boolean isQueued() {
    return index != EventQueue.ABSENT;
  }

  /** Orders what happens at one time. */
  public final long tie() {
    return tie;
  }

  /** Orders what has one tie. */
  public final long origin() {
    return origin;
  }

  /** Orders what has one origin. */
  public final long sequence() {
    return sequence;
  }

  /** Whether this event comes first, given that times and ties are equal. */
  final boolean precedesAtTie(Event other) {
    return origin != other.origin ? origin < other.origin : sequence < other.sequence;
  }

  /** Lets it happen. */
  public abstract void fire();
}
