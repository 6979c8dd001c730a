package dev.cascade.engine;

import dev.cascade.node.Address;
import dev.cascade.time.Event;
import org.jspecify.annotations.Nullable;

/** An event that may happen in another shard than the one that made it. */
abstract class Parcel extends Event {
  private @Nullable Shard shard;

  /** Whom it is for; his host says in which shard. */
  abstract Address to();

  /** Called when it enters the queue of the shard in which it will happen. */
  final void enter(Shard arrival) {
    shard = arrival;
  }

  final Shard shard() {
    Shard arrival = shard;
    if (arrival == null) {
      throw new IllegalStateException("It has entered no shard: " + this);
    }
    return arrival;
  }
}
