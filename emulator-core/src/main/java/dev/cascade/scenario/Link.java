package dev.cascade.scenario;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Bandwidth;
import dev.cascade.node.Ratio;
import dev.cascade.random.DurationDistribution;
import dev.cascade.random.DurationText;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What lies between two hosts, one way. */
public record Link(
    @JsonPropertyDescription("How long a message takes.") DurationDistribution latency,
    @JsonPropertyDescription(
            "No message takes less, whatever is drawn or injected; latency less jitter if absent.")
        @Nullable Duration latencyMin,
    @JsonPropertyDescription("The latency varies by up to this much, up and down.")
        @JsonProperty(defaultValue = "0s")
        Duration jitter,
    @JsonPropertyDescription("The share of messages that is lost.")
        @JsonProperty(defaultValue = "0%")
        Ratio loss,
    @JsonPropertyDescription(
            "The share of datagrams that comes twice; what comes by connection, comes once.")
        @JsonProperty(defaultValue = "0%")
        Ratio duplicate,
    @JsonPropertyDescription(
            "What each host can send to each other one at most; no limit if absent.")
        @Nullable Bandwidth bandwidth) {

  /**
   * The link if the scenario says nothing: a guess at two machines in one region of a cloud,
   * between the 0.1 ms of neighbours and the 1 to 2 ms of distant zones.
   */
  public static final Link DEFAULT = of(Duration.ofNanos(500_000), Duration.ofNanos(100_000));

  /** Checks that time passes on the way: shards and causality rest on it. */
  public Link {
    if (latencyMin == null) {
      latencyMin = latency.min().minus(jitter);
      if (latencyMin.isNegative() || latencyMin.isZero()) {
        throw new IllegalArgumentException(
            "The latency (%s at the least, less %s of jitter) must be longer than zero: between hosts time passes. Maybe set latencyMin: 50us?"
                .formatted(DurationText.format(latency.min()), DurationText.format(jitter)));
      }
    }
    if (latencyMin.isNegative() || latencyMin.isZero()) {
      throw new IllegalArgumentException(
          "The latencyMin ("
              + DurationText.format(latencyMin)
              + ") must be longer than zero: between hosts time passes. Maybe 50us?");
    }
    if (latencyMin.compareTo(latency.mean()) > 0) {
      throw new IllegalArgumentException(
          "The latencyMin ("
              + DurationText.format(latencyMin)
              + ") must not exceed the mean latency ("
              + DurationText.format(latency.mean())
              + "). Maybe raise the latency?");
    }
  }

  /** A link without loss whose latency varies by the jitter. */
  public static Link of(Duration latency, Duration jitter) {
    return new Link(
        DurationDistribution.constant(latency), null, jitter, Ratio.ZERO, Ratio.ZERO, null);
  }

  /** No message takes less. */
  @Override
  public Duration latencyMin() {
    return Objects.requireNonNull(latencyMin);
  }
}
