package dev.cascade.models.kinesis;

import dev.cascade.models.records.PutRecords;
import dev.cascade.models.records.Records;
import dev.cascade.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** All shards of a stream, and which of them a partition key's hash belongs to. */
final class Shards {
  /** Hashes are the upper 62 bits of 64; Kinesis has 128 of MD5. */
  private static final long KEYS = 1L << 62;

  private final long retentionNanos;
  private final List<Shard> all = new ArrayList<>(); // by number
  private final TreeMap<Long, Shard> open = new TreeMap<>(); // by the first hash of its range
  private long[] firstKeys = {}; // of the open shards, in order
  private final TreeSet<String> applications = new TreeSet<>();

  Shards(int count, long retentionNanos) {
    this.retentionNanos = retentionNanos;
    for (int i = 0; i < count; i++) {
      add(-1, from(i, count), from(i + 1, count));
    }
    index();
  }

  private void index() {
    firstKeys = open.keySet().stream().mapToLong(Long::longValue).toArray();
  }

  private static long from(int part, int parts) {
    return part == parts ? KEYS : KEYS / parts * part;
  }

  private Shard add(int parent, long keyFrom, long keyTo) {
    Shard shard = new Shard(all.size(), parent, keyFrom, keyTo, retentionNanos);
    all.add(shard);
    open.put(keyFrom, shard);
    applications.forEach(shard::register);
    return shard;
  }

  /** All of them, the closed ones too, by number. */
  List<Shard> all() {
    return all;
  }

  /** How many take records. */
  int openCount() {
    return open.size();
  }

  Shard shard(int number) {
    return all.get(number);
  }

  /** Those that were there at the start. */
  List<Integer> roots() {
    return all.stream().filter(shard -> shard.parent() < 0).map(Shard::number).toList();
  }

  /** An application reads them from now on, from their oldest records on. */
  void register(String application) {
    if (applications.add(application)) {
      all.forEach(shard -> shard.register(application));
    }
  }

  /** Those that read, by name. */
  Set<String> applications() {
    return applications;
  }

  /** The open shard of a hash. */
  Shard of(long hash) {
    return open.floorEntry(hash >>> 2).getValue();
  }

  /**
   * Puts equal records into the shards of their keys; how many found no room.
   *
   * @param key their partition key's hash, or {@link PutRecords#RANDOM}
   */
  int put(Records records, long key, RandomStream keys, long nowNanos) {
    if (key != PutRecords.RANDOM || open.size() == 1) {
      return records.count() - of(key).put(records, nowNanos);
    }
    int[] parts = new int[open.size()];
    for (int i = 0; i < records.count(); i++) {
      int place = Arrays.binarySearch(firstKeys, keys.nextLong() >>> 2);
      parts[place < 0 ? -place - 2 : place]++;
    }
    int throttled = 0;
    int place = 0;
    for (Shard shard : open.values()) {
      int count = parts[place++];
      if (count > 0) {
        throttled += count - shard.put(records.of(count), nowNanos);
      }
    }
    return throttled;
  }

  /**
   * Splits the widest open shards in halves until there are so many. New records go to the halves;
   * what a shard has is read from it as before.
   */
  void splitTo(int count) {
    while (open.size() < count) {
      Shard widest =
          open.values().stream()
              .max(
                  Comparator.comparingLong((Shard shard) -> shard.keyTo() - shard.keyFrom())
                      .thenComparing(Shard::keyFrom, Comparator.reverseOrder()))
              .orElseThrow();
      open.remove(widest.keyFrom());
      long middle = widest.keyFrom() + (widest.keyTo() - widest.keyFrom()) / 2;
      Shard low = add(widest.number(), widest.keyFrom(), middle);
      Shard high = add(widest.number(), middle, widest.keyTo());
      widest.close(List.of(low.number(), high.number()));
    }
    index();
  }
}
