package dev.cascade.network;

import dev.cascade.random.DurationDistribution;
import java.time.Duration;

/**
 * How a link treats what crosses it, one way.
 *
 * @param latency time from sender to receiver, drawn by the sender for each message
 * @param jitter each message takes up to this much more or less, uniformly
 * @param latencyMin no message is faster, whatever is drawn: shards may run ahead by this much
 * @param loss share of messages that vanish, 0 to 1
 * @param duplicate share of datagrams that arrive twice, 0 to 1
 * @param bytesPerSecond what each host can send to each other one, before latency; infinite if it
 *     is no limit
 */
public record LinkProfile(
    DurationDistribution latency,
    Duration jitter,
    Duration latencyMin,
    double loss,
    double duplicate,
    double bytesPerSecond) {

  public LinkProfile {
    if (latencyMin.isNegative() || latencyMin.isZero()) {
      throw new IllegalArgumentException(
          "The latencyMin ("
              + latencyMin
              + ") must be above zero: nothing between hosts is instant.");
    }
    if (jitter.isNegative()) {
      throw new IllegalArgumentException("The jitter (" + jitter + ") cannot be negative.");
    }
    requireRatio("loss", loss);
    requireRatio("duplicate", duplicate);
    if (!(bytesPerSecond > 0)) {
      throw new IllegalArgumentException(
          "The bandwidth (" + bytesPerSecond + " B/s) of a link must be positive.");
    }
  }

  /** A link whose bandwidth is no limit. */
  public LinkProfile(
      DurationDistribution latency,
      Duration jitter,
      Duration latencyMin,
      double loss,
      double duplicate) {
    this(latency, jitter, latencyMin, loss, duplicate, Double.POSITIVE_INFINITY);
  }

  /** A link with a constant latency and jitter around it, which loses nothing. */
  public static LinkProfile of(Duration latency, Duration jitter) {
    return new LinkProfile(
        DurationDistribution.constant(latency), jitter, latency.minus(jitter), 0, 0);
  }

  /** The same with loss and duplication. */
  public LinkProfile unreliable(double newLoss, double newDuplicate) {
    return new LinkProfile(latency, jitter, latencyMin, newLoss, newDuplicate, bytesPerSecond);
  }

  /** The same with a bandwidth. */
  public LinkProfile bandwidth(double newBytesPerSecond) {
    return new LinkProfile(latency, jitter, latencyMin, loss, duplicate, newBytesPerSecond);
  }

  private static void requireRatio(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("The " + name + " (" + value + ") must be 0 to 1.");
    }
  }
}
