package dev.cascade.models.database;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Exclusive locks: each has one holder, and whoever wants it too waits, first in, first out.
 *
 * @param <Q> who holds and waits: a query
 */
final class LockTable<Q> {
  /**
   * What is locked.
   *
   * @param key the row's number in its table
   */
  record Row(String table, long key) {}

  private final Map<Row, ArrayDeque<Q>> waiting = new LinkedHashMap<>();
  private int waitingInAll;

  /** Takes a lock; false if somebody holds it, so that the query waits. */
  boolean acquire(Row row, Q query) {
    ArrayDeque<Q> line = waiting.get(row);
    if (line == null) {
      waiting.put(row, new ArrayDeque<>(1));
      return true;
    }
    line.add(query);
    waitingInAll++;
    return false;
  }

  /** Gives a lock up, and tells who holds it next; null if nobody waits. */
  @Nullable Q release(Row row) {
    ArrayDeque<Q> line = waiting.get(row);
    if (line == null) {
      throw new IllegalStateException("Nobody holds a lock on " + row + ".");
    }
    Q next = line.poll();
    if (next == null) {
      waiting.remove(row);
    } else {
      waitingInAll--;
    }
    return next;
  }

  /** Stops waiting. */
  void leave(Row row, Q query) {
    ArrayDeque<Q> line = waiting.get(row);
    if (line != null && line.remove(query)) {
      waitingInAll--;
    }
  }

  int waiting() {
    return waitingInAll;
  }
}
