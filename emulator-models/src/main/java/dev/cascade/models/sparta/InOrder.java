package dev.cascade.models.sparta;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Puts what came over a connection into the order in which it was sent, as TCP does: datagrams of
 * the network below may overtake each other.
 *
 * @param <T> what comes
 */
public final class InOrder<T> {
  /** Of early ones; when there are more, what is missing was lost, and is given up. */
  private static final int EARLY_MAX = 64;

  private final TreeMap<Long, T> early = new TreeMap<>();
  private long next;

  /** A connection whose first item has this number. */
  public InOrder(long first) {
    this.next = first;
  }

  /**
   * Takes in one item.
   *
   * @return those whose turn it is now, in order; none if earlier ones are missing
   */
  public List<T> take(long number, T item) {
    List<T> due = new ArrayList<>();
    if (number < next) {
      return due; // came twice
    }
    early.put(number, item);
    if (early.size() > EARLY_MAX) {
      next = early.firstKey();
    }
    for (T each = early.remove(next); each != null; each = early.remove(next)) {
      due.add(each);
      next++;
    }
    return due;
  }
}
