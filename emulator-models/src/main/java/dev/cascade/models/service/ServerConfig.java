package dev.cascade.models.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.call.Call;
import dev.cascade.node.QueueSpec;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One server program, wherever it runs: on a host of its own, or in a pod.
 *
 * @param threads requests that it serves at once: handler threads, uWSGI processes; or event loops
 * @param queue where requests wait for a thread: an accept queue, a listen queue
 * @param endpoints what it can be asked for; anything else is answered with 404 at no cost
 * @param deadlines whether it turns away requests whose clients have stopped waiting, and gives its
 *     own calls no longer than the request has left
 * @param style how it waits
 * @param maxInFlight requests under way at once, of the style async; null if {@value
 *     #DEFAULT_IN_FLIGHT}, a guess far beyond most uses
 * @param concurrencyLimit of requests that are let in; null if only the queue bounds them
 */
public record ServerConfig(
    int threads,
    QueueSpec queue,
    List<Endpoint> endpoints,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether it heeds until when its clients wait.")
        boolean deadlines,
    @JsonProperty(defaultValue = "threads") @JsonPropertyDescription("How it waits.") Style style,
    @JsonPropertyDescription("Requests under way at once, of the style async; 1024 if absent.")
        @Nullable Integer maxInFlight,
    @JsonPropertyDescription("Of requests that are let in; only the queue bounds them if absent.")
        @Nullable ConcurrencyLimit concurrencyLimit) {
  /** Requests under way at once in an asynchronous server unless told otherwise: a guess. */
  static final int DEFAULT_IN_FLIGHT = 1024;

  /** Each has an actor; more than this is a slip of the hand. */
  private static final int MAX_IN_FLIGHT = 100_000;

  public ServerConfig {
    endpoints = List.copyOf(endpoints);
    if (threads < 1) {
      throw new IllegalArgumentException(
          "The threads (" + threads + ") must be at least 1. Maybe 8?");
    }
    if (maxInFlight != null && style != Style.ASYNC) {
      throw new IllegalArgumentException(
          "The maxInFlight ("
              + maxInFlight
              + ") is of the style async; with threads each holds one. Maybe style: async?");
    }
    if (maxInFlight != null && (maxInFlight < threads || maxInFlight > MAX_IN_FLIGHT)) {
      throw new IllegalArgumentException(
          "The maxInFlight ("
              + maxInFlight
              + ") must be the threads ("
              + threads
              + ") to "
              + MAX_IN_FLIGHT
              + ".");
    }
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException(
          "The endpoints (none) must be at least one. Maybe {name: main, path: /, cpu: 1ms}?");
    }
    requireUnique(endpoints.stream().map(Endpoint::path).toList());
    requireUnique(endpoints.stream().map(Endpoint::name).toList());
    requireUniqueCalls(endpoints);
    for (Endpoint endpoint : endpoints) {
      Integer limit = endpoint.maxConcurrency();
      if (limit != null && limit > places(threads, style, maxInFlight)) {
        throw new IllegalArgumentException(
            "The maxConcurrency ("
                + limit
                + ") of the endpoint "
                + endpoint.name()
                + " must not exceed the requests served at once ("
                + places(threads, style, maxInFlight)
                + "). Maybe leave it out?");
      }
    }
  }

  /** A server that heeds no deadlines. */
  public ServerConfig(int threads, QueueSpec queue, List<Endpoint> endpoints) {
    this(threads, queue, endpoints, false, Style.THREADS, null, null);
  }

  /** Requests that are served at once: as many as threads, or under way in event loops. */
  int places() {
    return places(threads, style, maxInFlight);
  }

  private static int places(int threads, Style style, @Nullable Integer maxInFlight) {
    if (style == Style.THREADS) {
      return threads;
    }
    return maxInFlight == null ? Math.max(threads, DEFAULT_IN_FLIGHT) : maxInFlight;
  }

  /** Cores that they can use at once. */
  double cpuLimit() {
    return style == Style.THREADS ? Double.POSITIVE_INFINITY : threads;
  }

  /** All calls of all endpoints, in their order. */
  public List<Call> calls() {
    return endpoints.stream().flatMap(endpoint -> endpoint.calls().stream()).toList();
  }

  /** The paths that it answers, in the order of its endpoints. */
  public List<String> paths() {
    return endpoints.stream().map(Endpoint::path).toList();
  }

  /**
   * Requests a second that it can serve with so many cores to itself, if all are for the dearest
   * endpoint.
   */
  public double capacityPerSecond(double cores) {
    return endpoints.stream()
        .mapToDouble(endpoint -> Capacity.perSecond(endpoint, this, cores))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private static void requireUniqueCalls(List<Endpoint> endpoints) {
    TreeSet<String> seen = new TreeSet<>();
    for (Endpoint endpoint : endpoints) {
      for (Call call : endpoint.calls()) {
        if (!seen.add(call.name())) {
          throw new IllegalArgumentException(
              "The calls ("
                  + call.name()
                  + ") of a server must differ in name. Maybe "
                  + endpoint.name()
                  + "-"
                  + call.name()
                  + "?");
        }
      }
    }
  }

  private static void requireUnique(List<String> values) {
    TreeSet<String> seen = new TreeSet<>();
    for (String value : values) {
      if (!seen.add(value)) {
        throw new IllegalArgumentException(
            "The endpoints (" + value + ") must differ in name and in path.");
      }
    }
  }
}
