package dev.cascade.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * A shard's requests that have ended and nobody has taken yet, as many as there is room for; of the
 * others it knows how many they are. What all shards keep together does not depend on their number:
 * each keeps the first ones, and all of a moment.
 */
final class RequestSpans {
  /**
   * Requests that were kept.
   *
   * @param kept in the order of their ends and hosts
   * @param leftOut how many others there were
   */
  record Taken(List<RequestSpan> kept, long leftOut) {}

  private final List<RequestSpan> kept = new ArrayList<>();
  private int room;
  private long ended;

  /** From now on there is room for so many. */
  void room(int spans) {
    room = spans;
  }

  /** A request has ended. */
  void ended(long nowNanos, Supplier<RequestSpan> span) {
    ended++;
    int last = kept.size() - 1;
    if (last + 1 < room || (last >= 0 && kept.get(last).toNanos() == nowNanos)) {
      kept.add(span.get());
    }
  }

  /** Takes what all shards have. */
  static Taken take(List<RequestSpans> shards) {
    List<RequestSpan> all = new ArrayList<>();
    long ended = 0;
    int room = 0;
    for (RequestSpans shard : shards) {
      all.addAll(shard.kept);
      ended += shard.ended;
      room = Math.max(room, shard.room);
      shard.kept.clear();
      shard.ended = 0;
    }
    all.sort(Comparator.comparingLong(RequestSpan::toNanos).thenComparing(RequestSpan::host));
    List<RequestSpan> first = List.copyOf(all.subList(0, Math.min(room, all.size())));
    return new Taken(first, ended - first.size());
  }
}
