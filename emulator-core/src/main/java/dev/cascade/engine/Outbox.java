package dev.cascade.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a shard has for the others at the end of a window. */
final class Outbox {
  private final List<List<Parcel>> parcels = new ArrayList<>();
  private final long[] earliest;

  Outbox(int shards) {
    earliest = new long[shards];
    Arrays.fill(earliest, Long.MAX_VALUE);
    for (int i = 0; i < shards; i++) {
      parcels.add(new ArrayList<>());
    }
  }

  void add(Parcel parcel, int target) {
    parcels.get(target).add(parcel);
    earliest[target] = Math.min(earliest[target], parcel.timeNanos());
  }

  /** When the first parcel for a shard arrives. */
  long earliest(int target) {
    return earliest[target];
  }

  /** Takes what is for a shard. */
  List<Parcel> take(int target) {
    if (earliest[target] == Long.MAX_VALUE) {
      return List.of();
    }
    List<Parcel> taken = parcels.get(target);
    parcels.set(target, new ArrayList<>());
    earliest[target] = Long.MAX_VALUE;
    return taken;
  }

  long messages() {
    long count = 0;
    for (List<Parcel> list : parcels) {
      for (Parcel parcel : list) {
        count += parcel instanceof Message ? 1 : 0;
      }
    }
    return count;
  }
}
