package dev.cascade.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Work that waits for a worker, in the order of its arrival. */
final class WaitingLine<R> {
  /**
   * Work that waits.
   *
   * @param sinceNanos when it came
   * @param order its number among all that waited
   */
  record Waiting<R>(R work, int kind, long sinceNanos, long order) {}

  private final QueueSpec spec;
  private final List<ArrayDeque<Waiting<R>>> byKind = new ArrayList<>();
  private int size;
  private long arrivals;

  WaitingLine(QueueSpec spec, int kinds) {
    this.spec = spec;
    for (int i = 0; i < kinds; i++) {
      byKind.add(new ArrayDeque<>());
    }
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size >= spec.capacity();
  }

  /** Puts work at the end. */
  void add(R work, int kind, long nowNanos) {
    byKind.get(kind).addLast(new Waiting<>(work, kind, nowNanos, arrivals++));
    size++;
  }

  /** Takes what is next among the kinds that may start; null if none of them waits. */
  @Nullable Waiting<R> take(IntPredicate mayStart) {
    boolean oldestFirst = spec.discipline() == QueueSpec.Discipline.FIFO;
    Waiting<R> best = null;
    for (int kind = 0; kind < byKind.size(); kind++) {
      ArrayDeque<Waiting<R>> waiting = byKind.get(kind);
      Waiting<R> first = oldestFirst ? waiting.peekFirst() : waiting.peekLast();
      if (first != null
          && mayStart.test(kind)
          && (best == null || (first.order() < best.order()) == oldestFirst)) {
        best = first;
      }
    }
    if (best != null) {
      ArrayDeque<Waiting<R>> waiting = byKind.get(best.kind());
      if (oldestFirst) {
        waiting.removeFirst();
      } else {
        waiting.removeLast();
      }
      size--;
    }
    return best;
  }
}
