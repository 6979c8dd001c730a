package dev.cascade.models.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Ratio;

/**
 * Bounds a client's retries by its requests, as a token bucket: each request puts in a part of a
 * token, each retry takes one out, and without one there is no retry. Finagle and gRPC do so.
 *
 * @param ratio retries for each request, in the long run; Finagle's default is 20 %
 * @param burst tokens that the bucket holds, and holds at the start; gRPC's documentation has 10
 */
public record RetryBudget(
    @JsonProperty(defaultValue = "20%")
        @JsonPropertyDescription("Retries for each request, in the long run.")
        Ratio ratio,
    @JsonProperty(defaultValue = "10")
        @JsonPropertyDescription("Retries that may be saved up; there are as many at the start.")
        int burst) {
  public RetryBudget {
    if (burst < 1) {
      throw new IllegalArgumentException(
          "The burst (" + burst + ") must be at least 1: nothing would be retried. Maybe 10?");
    }
  }

  /** A budget with the default burst. */
  public static RetryBudget of(double ratio) {
    return new RetryBudget(new Ratio(ratio), 10);
  }
}
