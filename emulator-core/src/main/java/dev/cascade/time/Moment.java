package dev.cascade.time;

/**
 * A place in the order of events, kept when the event itself has moved on.
 *
 * @param timeNanos virtual time
 * @param tie orders what happens at one time
 * @param origin orders equal ties
 * @param sequence orders what has one origin
 */
public record Moment(long timeNanos, long tie, long origin, long sequence)
    implements Comparable<Moment> {
  @Override
  public int compareTo(Moment other) {
    if (timeNanos != other.timeNanos) {
      return Long.compare(timeNanos, other.timeNanos);
    }
    if (tie != other.tie) {
      return Long.compare(tie, other.tie);
    }
    return origin != other.origin
        ? Long.compare(origin, other.origin)
        : Long.compare(sequence, other.sequence);
  }
}
