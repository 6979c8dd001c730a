package dev.cascade.models.service;

import dev.cascade.models.call.Call;
import dev.cascade.models.call.CallClient;
import dev.cascade.random.RandomStream;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * One call as a server makes it.
 *
 * @param client of this call in this server
 * @param random decides which requests make it
 */
record CallStep(Call call, ActorRef<CallClient.Command> client, RandomStream random) {
  /** Whether this request makes it. */
  boolean isDue() {
    return random.chance(call.share().value());
  }
}
