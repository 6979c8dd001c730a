package dev.cascade.models.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import java.time.Duration;

/**
 * How a kubelet looks after a pod. The defaults are those of the Kubernetes API (V1Probe).
 *
 * @param path asked for
 * @param initialDelay before the first probe
 * @param period between probes
 * @param timeout after which a probe has failed
 * @param successThreshold probes in a row that must succeed before the pod passes
 * @param failureThreshold probes in a row that must fail before it no longer passes
 */
public record ProbeConfig(
    @JsonPropertyDescription("What is asked for.") String path,
    @JsonProperty(defaultValue = "0s") @JsonPropertyDescription("Before the first probe.")
        Duration initialDelay,
    @JsonProperty(defaultValue = "10s") @JsonPropertyDescription("Between probes.") Duration period,
    @JsonProperty(defaultValue = "1s") @JsonPropertyDescription("After which a probe has failed.")
        Duration timeout,
    @JsonProperty(defaultValue = "1")
        @JsonPropertyDescription("Successes in a row before the pod passes.")
        int successThreshold,
    @JsonProperty(defaultValue = "3")
        @JsonPropertyDescription("Failures in a row before the pod no longer passes.")
        int failureThreshold) {
  public ProbeConfig {
    Durations.requirePositive("period", period);
    Durations.requirePositive("timeout", timeout);
    if (timeout.compareTo(period) > 0) {
      throw new IllegalArgumentException(
          "The timeout ("
              + timeout
              + ") must not be longer than the period ("
              + period
              + "): probes would overlap.");
    }
    if (successThreshold < 1 || failureThreshold < 1) {
      throw new IllegalArgumentException(
          "The successThreshold ("
              + successThreshold
              + ") and the failureThreshold ("
              + failureThreshold
              + ") must be at least 1.");
    }
  }

  /** The API's defaults. */
  public static ProbeConfig of(String path) {
    return new ProbeConfig(
        path, Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(1), 1, 3);
  }
}
