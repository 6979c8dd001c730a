package dev.cascade.run;

import java.util.PriorityQueue;

/** What is to be done at which virtual time; at the same time in the order in which it came. */
final class Agenda {
  private final PriorityQueue<Item> items = new PriorityQueue<>();
  private long sequence;

  private record Item(long timeNanos, long sequence, Runnable deed) implements Comparable<Item> {
    @Override
    public int compareTo(Item other) {
      int byTime = Long.compare(timeNanos, other.timeNanos);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  void add(long timeNanos, Runnable deed) {
    items.add(new Item(timeNanos, sequence++, deed));
  }

  /** When the next thing is due; the end of time if there is nothing. */
  long nextTimeNanos() {
    Item next = items.peek();
    return next == null ? Long.MAX_VALUE : next.timeNanos;
  }

  /** Takes the next thing. */
  Runnable take() {
    return items.remove().deed;
  }
}
