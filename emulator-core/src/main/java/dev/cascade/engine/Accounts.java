package dev.cascade.engine;

import java.util.HashMap;
import java.util.Map;

/** A shard's part of {@link MessageCounts}, as it is counted. */
final class Accounts {
  long sent;
  long duplicated;
  long handled;
  long lostInCrashes;
  private final Map<MessageCounts.Drop, long[]> drops = new HashMap<>(); // sorted when it is read

  void drop(MessageCounts.Drop kind) {
    drops.computeIfAbsent(kind, key -> new long[1])[0]++;
  }

  void addDropsTo(Map<MessageCounts.Drop, Long> all) {
    drops.forEach((kind, count) -> all.merge(kind, count[0], Long::sum));
  }
}
