package dev.cascade.models.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a server can be asked for.
 *
 * @param name for the paths of overlays, {@code health}
 * @param path of the requests that it answers, {@code /health}
 * @param cpu CPU time that a request takes, on a core of its own
 * @param hold time that a request occupies its thread besides, for I/O and remote calls
 * @param maxConcurrency threads that it may occupy at once (a bulkhead); null if all
 */
public record Endpoint(
    @JsonPropertyDescription("Names it in the paths of overlays.") String name,
    @JsonPropertyDescription("The path of the requests that it answers.") String path,
    @JsonProperty(defaultValue = "0s")
        @JsonPropertyDescription("CPU time of a request, on a core of its own.")
        DurationDistribution cpu,
    @JsonProperty(defaultValue = "0s")
        @JsonPropertyDescription("How long a request occupies its thread besides, without CPU.")
        DurationDistribution hold,
    @JsonPropertyDescription("Threads that it may occupy at once; all if absent.")
        @Nullable Integer maxConcurrency) {
  public Endpoint {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "The path (" + path + ") must begin with '/'. Maybe /" + path + "?");
    }
    if (maxConcurrency != null && maxConcurrency < 1) {
      throw new IllegalArgumentException(
          "The maxConcurrency ("
              + maxConcurrency
              + ") must be at least 1: nothing would be served. Maybe leave the endpoint out?");
    }
  }

  /** An endpoint that only uses CPU, and may use all threads. */
  public static Endpoint cpu(String path, DurationDistribution cpu) {
    return new Endpoint(path, path, cpu, DurationDistribution.constant(Duration.ZERO), null);
  }

  /** The expected time that a request occupies a thread, if there is CPU enough. */
  public Duration mean() {
    return cpu.mean().plus(hold.mean());
  }
}
