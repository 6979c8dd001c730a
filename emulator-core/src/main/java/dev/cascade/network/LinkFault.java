package dev.cascade.network;

import dev.cascade.node.HostInfo;
import java.time.Duration;

/**
 * Something that ails the links from one set of hosts to another until it is lifted.
 *
 * @param from hosts that send
 * @param to hosts that receive
 */
public record LinkFault(HostSet from, HostSet to, Effect effect) {

  /** What it does to a message. */
  public sealed interface Effect {}

  /** Nothing crosses and nobody is told: a black hole. */
  public record Swallow() implements Effect {}

  /** Nothing crosses, and whoever asks for a connection is told so after a round trip. */
  public record Reject() implements Effect {}

  /** Everything takes longer, by {@code extra} and up to {@code jitter} more or less than that. */
  public record Delay(Duration extra, Duration jitter) implements Effect {
    public Delay {
      if (extra.isNegative() || jitter.compareTo(extra) > 0) {
        throw new IllegalArgumentException(
            "The extra latency ("
                + extra
                + ") cannot be negative, nor its jitter ("
                + jitter
                + ") larger: a fault never undercuts a link's latencyMin.");
      }
    }
  }

  /** A further share of messages vanishes, 0 to 1. */
  public record Loss(double ratio) implements Effect {}

  /** A further share of datagrams arrives twice, 0 to 1. */
  public record Duplicate(double ratio) implements Effect {}

  /** Each link carries no more than this, in bytes a second; what does not fit waits before it. */
  public record Narrow(double bytesPerSecond) implements Effect {
    public Narrow {
      if (!(bytesPerSecond > 0)) {
        throw new IllegalArgumentException(
            "The bandwidth (" + bytesPerSecond + " B/s) of a link must be positive.");
      }
    }
  }

  boolean isNarrow() {
    return effect instanceof Narrow;
  }

  boolean fits(HostInfo sender, HostInfo receiver) {
    return from.contains(sender) && to.contains(receiver);
  }
}
