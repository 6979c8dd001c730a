package dev.cascade.models.logs;

import dev.cascade.models.records.PutRecords;
import dev.cascade.random.Hash64;

/** By what an agent's records are dealt to shards. */
public enum PartitionKey {
  /** Each record goes anywhere. */
  RANDOM,
  /** All records of a host go to one shard. */
  HOST;

  /** The key's hash. */
  long of(String host) {
    if (this == RANDOM) {
      return PutRecords.RANDOM;
    }
    long hash = Hash64.mix(Hash64.of(host));
    return hash == PutRecords.RANDOM ? 1 : hash;
  }
}
