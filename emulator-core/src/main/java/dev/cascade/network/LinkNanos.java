package dev.cascade.network;

import dev.cascade.random.DurationDistribution;
import dev.cascade.random.RandomStream;

/** A link's profile in the form that every message needs: plain nanoseconds. */
final class LinkNanos {
  final double loss;
  final double duplicate;
  final double bytesPerSecond;
  private final DurationDistribution latency;
  private final boolean constant;
  private final long constantNanos;
  private final long jitterNanos;
  private final long minNanos;
  private final long leastNanos;
  private final long mostNanos;

  LinkNanos(LinkProfile profile) {
    latency = profile.latency();
    constant = latency instanceof DurationDistribution.Constant;
    constantNanos = latency.mean().toNanos();
    jitterNanos = profile.jitter().toNanos();
    minNanos = profile.latencyMin().toNanos();
    leastNanos = Math.max(minNanos, latency.min().toNanos() - jitterNanos);
    mostNanos = Math.max(minNanos, latency.most().toNanos() + jitterNanos);
    loss = profile.loss();
    duplicate = profile.duplicate();
    bytesPerSecond = profile.bytesPerSecond();
  }

  /** No message is faster, in nanoseconds. */
  long leastNanos() {
    return leastNanos;
  }

  /** No message need take longer to be explored, in nanoseconds. */
  long mostNanos() {
    return mostNanos;
  }

  /** Draws how long one message takes, in nanoseconds. */
  long drawNanos(RandomStream random) {
    long nanos = constant ? constantNanos : latency.sampleNanos(random);
    if (jitterNanos > 0) {
      nanos += random.nextLong(2 * jitterNanos + 1) - jitterNanos;
    }
    return Math.max(nanos, minNanos);
  }
}
