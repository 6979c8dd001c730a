package dev.cascade.models.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.call.Call;
import dev.cascade.node.QueueSpec;
import java.util.List;
import java.util.TreeSet;

/**
 * One server program, wherever it runs: on a host of its own, or in a pod.
 *
 * @param threads requests that it serves at once: handler threads, uWSGI processes
 * @param queue where requests wait for a thread: an accept queue, a listen queue
 * @param endpoints what it can be asked for; anything else is answered with 404 at no cost
 * @param deadlines whether it turns away requests whose clients have stopped waiting, and gives its
 *     own calls no longer than the request has left
 */
public record ServerConfig(
    int threads,
    QueueSpec queue,
    List<Endpoint> endpoints,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether it heeds until when its clients wait.")
        boolean deadlines) {
  public ServerConfig {
    endpoints = List.copyOf(endpoints);
    if (threads < 1) {
      throw new IllegalArgumentException(
          "The threads (" + threads + ") must be at least 1. Maybe 8?");
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
      if (limit != null && limit > threads) {
        throw new IllegalArgumentException(
            "The maxConcurrency ("
                + limit
                + ") of the endpoint "
                + endpoint.name()
                + " must not exceed the threads ("
                + threads
                + "). Maybe leave it out?");
      }
    }
  }

  /** A server that heeds no deadlines. */
  public ServerConfig(int threads, QueueSpec queue, List<Endpoint> endpoints) {
    this(threads, queue, endpoints, false);
  }

  /** All calls of all endpoints, in their order. */
  public List<Call> calls() {
    return endpoints.stream().flatMap(endpoint -> endpoint.calls().stream()).toList();
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
