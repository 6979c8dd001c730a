package dev.cascade.models.service;

import dev.cascade.models.call.Call;
import dev.cascade.models.call.CallClient;
import dev.cascade.models.call.FallbackCost;
import dev.cascade.node.Cost;
import dev.cascade.random.RandomStream;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * One call as a server makes it.
 *
 * @param client of this call in this server
 * @param random decides which requests make it
 * @param fallbackRandom draws what it costs to do without
 */
record CallStep(
    Call call, ActorRef<CallClient.Make> client, RandomStream random, RandomStream fallbackRandom) {
  /** Whether this request makes it. */
  boolean isDue() {
    return random.chance(call.share().value());
  }

  /** What it costs to do without it this time. */
  Cost fallbackCost() {
    FallbackCost cost = call.fallbackCost();
    return cost == null
        ? Cost.FREE
        : new Cost(cost.cpu().sampleNanos(fallbackRandom), cost.hold().sampleNanos(fallbackRandom));
  }
}
