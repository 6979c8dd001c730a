package dev.cascade.engine;

import org.apache.pekko.actor.setup.Setup;

/** Tells an actor system, while it is being made, under which shard it runs. */
final class ShardSetup extends Setup {
  private final Shard shard;

  ShardSetup(Shard shard) {
    this.shard = shard;
  }

  Shard shard() {
    return shard;
  }
}
