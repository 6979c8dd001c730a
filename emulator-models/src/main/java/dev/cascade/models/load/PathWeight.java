package dev.cascade.models.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * One part of a mix of paths.
 *
 * @param path what is asked for
 * @param weight its share of all requests, relative to the other paths' weights
 */
public record PathWeight(
    @JsonPropertyDescription("What is asked for.") String path,
    @JsonProperty(defaultValue = "1")
        @JsonPropertyDescription("Its share of all requests, relative to the other weights.")
        double weight) {
  public PathWeight {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "The path (" + path + ") must begin with '/'. Maybe /" + path + "?");
    }
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException("The weight (" + weight + ") must be positive.");
    }
  }
}
