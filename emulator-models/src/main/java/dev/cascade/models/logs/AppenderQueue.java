package dev.cascade.models.logs;

import dev.cascade.models.records.Level;
import dev.cascade.models.records.Lines;
import java.util.ArrayDeque;

/**
 * The queue of an AsyncAppender, in lines. Lines keep their places until they are written. Who
 * finds it full waits outside, first come first served; that line has a structural bound, what each
 * thread of the process writes in one turn.
 */
final class AppenderQueue {
  /**
   * What became of lines.
   *
   * @param discarded dropped because there was little room
   * @param refused dropped because there was none, and nobody may be blocked
   * @param waiting that wait outside
   */
  record Offered(int discarded, int refused, int waiting) {
    static final Offered ALL_IN = new Offered(0, 0, 0);
  }

  /** Lines outside, and what to do when they are in. */
  private static final class Put {
    private Lines lines;
    private final Runnable whenIn;

    private Put(Lines lines, Runnable whenIn) {
      this.lines = lines;
      this.whenIn = whenIn;
    }
  }

  private final int capacity;
  private final int discardBelow;
  private final boolean neverBlock;

  private final ArrayDeque<Lines> inside = new ArrayDeque<>();
  private int size;
  private final ArrayDeque<Put> outside = new ArrayDeque<>();
  private long linesOutside;

  /**
   * An empty queue.
   *
   * @param capacity lines that it holds
   * @param discardBelow room for fewer lines than this is left to WARN and ERROR
   */
  AppenderQueue(int capacity, int discardBelow, boolean neverBlock) {
    this.capacity = capacity;
    this.discardBelow = discardBelow;
    this.neverBlock = neverBlock;
  }

  /** Lines inside. */
  int size() {
    return size;
  }

  /** Lines inside and outside. */
  long held() {
    return size + linesOutside;
  }

  /** Puts in as many as the rules let in. Those that wait are to be awaited. */
  Offered offer(Lines lines) {
    int room = capacity - size;
    if (lines.kind().level().compareTo(Level.WARN) < 0) {
      int in = Math.max(0, Math.min(lines.count(), room - Math.max(0, discardBelow - 1)));
      add(lines.of(in));
      return in == lines.count() ? Offered.ALL_IN : new Offered(lines.count() - in, 0, 0);
    }
    int in = outside.isEmpty() ? Math.min(lines.count(), room) : 0;
    add(lines.of(in));
    int rest = lines.count() - in;
    if (rest == 0) {
      return Offered.ALL_IN;
    }
    return neverBlock ? new Offered(0, rest, 0) : new Offered(0, 0, rest);
  }

  /** Lets lines wait outside that were offered. */
  void await(Lines rest, Runnable whenIn) {
    outside.add(new Put(rest, whenIn));
    linesOutside += rest.count();
  }

  private void add(Lines lines) {
    if (lines.count() > 0) {
      inside.add(lines);
      size += lines.count();
    }
  }

  /** The oldest lines of one kind and time, up to so many; they stay. The queue is not empty. */
  Lines oldest(int max) {
    Lines first = inside.element();
    return first.count() <= max ? first : first.of(max);
  }

  /** Takes out so many of the oldest lines, which are all of one kind and time. */
  void remove(int count) {
    Lines first = inside.remove();
    if (count < first.count()) {
      inside.addFirst(first.of(first.count() - count));
    }
    size -= count;
  }

  /** Lets in who waits outside, as far as there is room. */
  void admit() {
    while (!outside.isEmpty() && size < capacity) {
      Put put = outside.element();
      int in = Math.min(put.lines.count(), capacity - size);
      add(put.lines.of(in));
      linesOutside -= in;
      if (in < put.lines.count()) {
        put.lines = put.lines.of(put.lines.count() - in);
      } else {
        outside.remove();
        put.whenIn.run();
      }
    }
  }
}
