package dev.cascade.models.aws;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import java.time.Duration;

/**
 * How a load balancer's nodes check targets. The defaults are those of AWS ("Health checks for
 * Application Load Balancer target groups"), but for what is said of {@code spread}.
 *
 * @param enabled whether targets are checked at all; if not, all count as healthy
 * @param path asked for
 * @param interval between checks of one target by one node
 * @param timeout after which a check has failed
 * @param healthyThreshold successes in a row that an unhealthy target needs; a new one needs one
 * @param unhealthyThreshold failures in a row that a healthy target needs
 * @param spread all checks of an interval begin within so long of each other; AWS does not tell,
 *     and 50 ms is a guess from a post-mortem in which they came "at the same time"; the whole
 *     interval spreads them evenly
 * @param aligned whether all nodes of all load balancers begin their intervals together, as if by
 *     one clock; if not, each node has a phase of its own. AWS does not tell; true is a guess from
 *     the same post-mortem
 */
public record HealthCheckConfig(
    @JsonProperty(defaultValue = "true")
        @JsonPropertyDescription("Whether targets are checked; if not, all count as healthy.")
        boolean enabled,
    @JsonProperty(defaultValue = "/") @JsonPropertyDescription("What is asked for.") String path,
    @JsonProperty(defaultValue = "30s")
        @JsonPropertyDescription("Between checks of one target by one node.")
        Duration interval,
    @JsonProperty(defaultValue = "5s") @JsonPropertyDescription("After which a check has failed.")
        Duration timeout,
    @JsonProperty(defaultValue = "5")
        @JsonPropertyDescription("Successes in a row that an unhealthy target needs.")
        int healthyThreshold,
    @JsonProperty(defaultValue = "2")
        @JsonPropertyDescription("Failures in a row that a healthy target needs.")
        int unhealthyThreshold,
    @Guess("a post-mortem in which checks came at the same time")
        @JsonProperty(defaultValue = "50ms")
        @JsonPropertyDescription("All checks of an interval begin within so long of each other.")
        Duration spread,
    @Guess("a post-mortem in which checks came at the same time")
        @JsonProperty(defaultValue = "true")
        @JsonPropertyDescription("Whether all nodes begin their intervals together.")
        boolean aligned) {
  public HealthCheckConfig {
    Durations.requirePositive("interval", interval);
    Durations.requirePositive("timeout", timeout);
    if (timeout.compareTo(interval) >= 0) {
      throw new IllegalArgumentException(
          "The timeout ("
              + timeout
              + ") must be shorter than the interval ("
              + interval
              + "): checks would overlap.");
    }
    if (spread.isNegative() || spread.compareTo(interval) > 0) {
      throw new IllegalArgumentException(
          "The spread (" + spread + ") must lie between 0 and the interval (" + interval + ").");
    }
    if (healthyThreshold < 1 || unhealthyThreshold < 1) {
      throw new IllegalArgumentException(
          "The healthyThreshold ("
              + healthyThreshold
              + ") and the unhealthyThreshold ("
              + unhealthyThreshold
              + ") must be at least 1.");
    }
  }

  /** AWS's thresholds, with an interval and a time-out. */
  public static HealthCheckConfig of(String path, Duration interval, Duration timeout) {
    return new HealthCheckConfig(true, path, interval, timeout, 5, 2, Duration.ofMillis(50), true);
  }
}
