package dev.cascade.engine;

import dev.cascade.network.NetworkSpec;

/**
 * How to run an emulation.
 *
 * @param seed from which every random number is derived
 * @param shards threads that share the hosts; the result does not depend on it
 * @param network what lies between the hosts
 * @param checked whether every message across hosts passes through its serialized form, whose bytes
 *     then are part of the history
 */
public record EngineSettings(long seed, int shards, NetworkSpec network, boolean checked) {
  public EngineSettings {
    if (shards < 1) {
      throw new IllegalArgumentException("There must be at least one shard, not " + shards + ".");
    }
  }
}
