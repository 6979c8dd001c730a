package dev.cascade.models.autoscaler;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.node.Ratio;
import java.time.Duration;

/**
 * An autoscaler of one service. Words, defaults and rules are those of Kubernetes'
 * HorizontalPodAutoscaler, if nothing else is said.
 *
 * @param target the service; its {@code replicas} are those of the start
 * @param minReplicas it never has fewer
 * @param maxReplicas it never has more
 * @param metric that is to stay near the target
 * @param averageUtilization the target
 * @param syncPeriod between two looks (--horizontal-pod-autoscaler-sync-period)
 * @param tolerance as far from 1 the ratio of metric and target changes nothing (…-tolerance)
 * @param downscaleStabilization it takes the highest number that it would have wanted in so long,
 *     before it takes replicas away (…-downscale-stabilization)
 * @param startTime from the decision until a new replica serves: scheduling, image, start of the
 *     program; a guess
 * @param terminationGracePeriod a replica that is to go is told to nobody any more, and serves what
 *     it has for so long
 */
public record AutoscalerConfig(
    @JsonPropertyDescription("The service that it scales.") String target,
    @JsonProperty(defaultValue = "1") @JsonPropertyDescription("It never has fewer.")
        int minReplicas,
    @JsonPropertyDescription("It never has more.") int maxReplicas,
    @JsonProperty(defaultValue = "cpu") @JsonPropertyDescription("What is to stay near the target.")
        ScalingMetric metric,
    @JsonPropertyDescription("The target: an average share over all replicas.")
        Ratio averageUtilization,
    @JsonProperty(defaultValue = "15s") @JsonPropertyDescription("Between two looks.")
        Duration syncPeriod,
    @JsonProperty(defaultValue = "10%")
        @JsonPropertyDescription("So far from the target nothing is done.")
        Ratio tolerance,
    @JsonProperty(defaultValue = "300s")
        @JsonPropertyDescription("It takes away what was not wanted in so long.")
        Duration downscaleStabilization,
    @Guess("images, JIT and caches make minutes of it")
        @JsonProperty(defaultValue = "30s")
        @JsonPropertyDescription("From the decision until a new replica serves.")
        Duration startTime,
    @JsonProperty(defaultValue = "30s")
        @JsonPropertyDescription("For so long a replica that is to go serves what it has.")
        Duration terminationGracePeriod) {
  public AutoscalerConfig {
    Durations.requirePositive("syncPeriod", syncPeriod);
    if (minReplicas < 1 || maxReplicas < minReplicas) {
      throw new IllegalArgumentException(
          "The minReplicas ("
              + minReplicas
              + ") must be at least 1, and the maxReplicas ("
              + maxReplicas
              + ") no smaller.");
    }
    if (averageUtilization.value() <= 0) {
      throw new IllegalArgumentException(
          "The averageUtilization (" + averageUtilization + ") must be more than 0. Maybe 50%?");
    }
    if (downscaleStabilization.isNegative()
        || startTime.isNegative()
        || terminationGracePeriod.isNegative()) {
      throw new IllegalArgumentException(
          "The downscaleStabilization (%s), startTime (%s) and terminationGracePeriod (%s) cannot be negative."
              .formatted(downscaleStabilization, startTime, terminationGracePeriod));
    }
  }

  /** Kubernetes' defaults. */
  public static AutoscalerConfig of(
      String target, int min, int max, ScalingMetric metric, double utilization) {
    return new AutoscalerConfig(
        target,
        min,
        max,
        metric,
        new Ratio(utilization),
        Duration.ofSeconds(15),
        new Ratio(0.1),
        Duration.ofSeconds(300),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30));
  }
}
