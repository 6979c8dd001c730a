package dev.cascade.models.service;

import dev.cascade.node.QueueSpec;
import java.util.List;
import java.util.TreeSet;

/**
 * One server program, wherever it runs: on a host of its own, or in a pod.
 *
 * @param threads requests that it serves at once: handler threads, uWSGI processes
 * @param queue where requests wait for a thread: an accept queue, a listen queue
 * @param endpoints what it can be asked for; anything else is answered with 404 at no cost
 */
public record ServerConfig(int threads, QueueSpec queue, List<Endpoint> endpoints) {
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
