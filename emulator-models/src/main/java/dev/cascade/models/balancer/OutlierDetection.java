package dev.cascade.models.balancer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Ratio;
import java.time.Duration;

/**
 * When a proxy stops to ask a host because of how its requests end there. Words, defaults and rules
 * are Envoy's.
 *
 * @param consecutive5xx answers of 500 to 599, time-outs and broken connections in a row that eject
 *     a host
 * @param interval between two looks at who may come back
 * @param baseEjectionTime how long the first ejection lasts; the next lasts twice as long, and so
 *     on, and one less for every interval in which the host was not ejected
 * @param maxEjectionTime no ejection lasts longer
 * @param maxEjectionPercent none is ejected while so many are; the first always is
 * @param successfulActiveHealthCheckUnejectHost whether a health check that succeeds ends an
 *     ejection
 */
public record OutlierDetection(
    @JsonProperty(defaultValue = "5")
        @JsonPropertyDescription("Failures in a row that eject a host.")
        int consecutive5xx,
    @JsonProperty(defaultValue = "10s")
        @JsonPropertyDescription("Between two looks at who may come back.")
        Duration interval,
    @JsonProperty(defaultValue = "30s")
        @JsonPropertyDescription("How long an ejection lasts, times how often there was one.")
        Duration baseEjectionTime,
    @JsonProperty(defaultValue = "300s") @JsonPropertyDescription("No ejection lasts longer.")
        Duration maxEjectionTime,
    @JsonProperty(defaultValue = "10%")
        @JsonPropertyDescription("None is ejected while so many are; the first always is.")
        Ratio maxEjectionPercent,
    @JsonProperty(defaultValue = "true")
        @JsonPropertyDescription("Whether a health check that succeeds ends an ejection.")
        boolean successfulActiveHealthCheckUnejectHost) {
  public OutlierDetection {
    Durations.requirePositive("interval", interval);
    Durations.requirePositive("baseEjectionTime", baseEjectionTime);
    if (consecutive5xx < 1) {
      throw new IllegalArgumentException(
          "The consecutive5xx ("
              + consecutive5xx
              + ") must be at least 1. Maybe leave the outlierDetection out?");
    }
    if (maxEjectionTime.compareTo(baseEjectionTime) < 0) {
      throw new IllegalArgumentException(
          "The maxEjectionTime ("
              + maxEjectionTime
              + ") must not be shorter than the baseEjectionTime ("
              + baseEjectionTime
              + ").");
    }
  }
}
