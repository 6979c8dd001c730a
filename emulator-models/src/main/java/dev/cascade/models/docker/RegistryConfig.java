package dev.cascade.models.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Bandwidth;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.node.Size;
import java.time.Duration;

/**
 * A registry, and its images, which are all alike.
 *
 * @param layers of an image
 * @param layer bytes of one
 * @param bandwidth at which it sends layers, one after the other
 * @param configTimeout after which it gives up waiting for its configuration
 */
public record RegistryConfig(
    @Guess("a base image and what is built upon it")
        @JsonProperty(defaultValue = "6")
        @JsonPropertyDescription("Layers of an image.")
        int layers,
    @Guess("300 MB an image, as of an application with its runtime")
        @JsonProperty(defaultValue = "50MB")
        @JsonPropertyDescription("Bytes of a layer.")
        Size layer,
    @Guess("the interface of a middling instance")
        @JsonProperty(defaultValue = "1Gbit/s")
        @JsonPropertyDescription("At which it sends layers, one after the other.")
        Bandwidth bandwidth,
    @Guess("an HTTP client's usual patience")
        @JsonProperty(defaultValue = "10s")
        @JsonPropertyDescription("After which it gives up waiting for its configuration.")
        Duration configTimeout) {
  public RegistryConfig {
    Durations.requirePositive("configTimeout", configTimeout);
    if (layers < 1) {
      throw new IllegalArgumentException(
          "The layers (" + layers + ") must be at least 1. Maybe 6?");
    }
  }

  /** How long it sends a layer. */
  Duration sending() {
    return Duration.ofNanos((long) (layer.bytes() / bandwidth.bytesPerSecond() * 1e9));
  }
}
