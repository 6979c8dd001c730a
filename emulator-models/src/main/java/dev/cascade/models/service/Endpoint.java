package dev.cascade.models.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.call.Call;
import dev.cascade.node.Guess;
import dev.cascade.node.Size;
import dev.cascade.node.WorkerPool;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a server can be asked for.
 *
 * @param name for the paths of overlays, {@code health}
 * @param path of the requests that it answers, {@code /health}
 * @param cpu CPU time that a request takes, on a core of its own
 * @param hold time that a request occupies its thread besides, for I/O and remote calls
 * @param maxConcurrency threads that it may occupy at once (a bulkhead); null if all
 * @param calls what the thread asks of others after its CPU and its hold, in turn; meanwhile it is
 *     occupied
 * @param responseBody size of an answer's body, which takes its time on narrow links; the default,
 *     2 kB, is a guess
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
        @Nullable Integer maxConcurrency,
    @JsonPropertyDescription("What its thread then asks of others, in turn.") List<Call> calls,
    @Guess("no source")
        @JsonProperty(defaultValue = "2kB")
        @JsonPropertyDescription("Size of an answer's body, which matters on narrow links.")
        Size responseBody) {
  /** The body of an answer unless told otherwise: a guess. */
  private static final Size BODY = new Size(2_000);

  /** Calls of one endpoint that may stand beside each other. */
  private static final int MAX_PARALLEL = WorkerPool.MAX_AWAITED;

  public Endpoint {
    calls = List.copyOf(calls);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "The path (" + path + ") must begin with '/'. Maybe /" + path + "?");
    }
    if (responseBody.bytes() > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException(
          "The responseBody (" + responseBody + ") must be smaller than 1Gi.");
    }
    if (maxConcurrency != null && maxConcurrency < 1) {
      throw new IllegalArgumentException(
          "The maxConcurrency ("
              + maxConcurrency
              + ") must be at least 1: nothing would be served. Maybe leave the endpoint out?");
    }
    if (calls.size() > MAX_PARALLEL) {
      throw new IllegalArgumentException(
          "The calls (" + calls.size() + ") of an endpoint must not exceed " + MAX_PARALLEL + ".");
    }
    if (!calls.isEmpty() && calls.get(0).parallel()) {
      throw new IllegalArgumentException(
          "The call ("
              + calls.get(0).name()
              + ") is the first, and cannot be parallel to the one before it. Maybe say so of the"
              + " next?");
    }
  }

  /** An endpoint that calls nobody, and whose answers have the usual size. */
  public Endpoint(
      String name,
      String path,
      DurationDistribution cpu,
      DurationDistribution hold,
      @Nullable Integer maxConcurrency) {
    this(name, path, cpu, hold, maxConcurrency, List.of(), BODY);
  }

  /** The same with calls. */
  public Endpoint calls(Call... newCalls) {
    return new Endpoint(name, path, cpu, hold, maxConcurrency, List.of(newCalls), responseBody);
  }

  /** An endpoint that only uses CPU, and may use all threads. */
  public static Endpoint cpu(String path, DurationDistribution cpu) {
    return new Endpoint(path, path, cpu, DurationDistribution.constant(Duration.ZERO), null);
  }

  /** The expected time that a request occupies a thread, if there is CPU enough, without calls. */
  public Duration mean() {
    return cpu.mean().plus(hold.mean());
  }
}
