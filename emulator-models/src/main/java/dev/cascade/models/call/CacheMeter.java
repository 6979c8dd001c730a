package dev.cascade.models.call;

import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import java.util.List;

/** What is measured of a call's cache in one server process. */
final class CacheMeter {
  private static final String[] LABELS = {"service", "call", "cache"};

  static final List<MetricInfo> DOCUMENTATION =
      List.of(
          MetricInfo.counter(
              "cache_client_gets_total",
              "Answers of the cache: hit, miss, wait (somebody else has the lease) or error.",
              "service",
              "call",
              "cache",
              "outcome"),
          MetricInfo.counter(
              "cache_client_coalesced_total",
              "Calls that waited for another one of their process that missed the same item.",
              LABELS),
          MetricInfo.counter(
              "cache_client_refreshes_total",
              "Items that were given out stale and fetched anew.",
              LABELS));

  static final EventInfo SERVER_EJECTED =
      new EventInfo(
          "cache-server-ejected",
          List.of("service", "call", "server"),
          "A client leaves a cache server out that has failed too often.");

  private final Env<?> env;
  private final String service;
  private final String call;
  final Metrics.Counter hits;
  final Metrics.Counter misses;
  final Metrics.Counter waits;
  final Metrics.Counter errors;
  final Metrics.Counter coalesced;
  final Metrics.Counter refreshes;

  CacheMeter(Env<?> env, String service, String call, String cache) {
    this.env = env;
    this.service = service;
    this.call = call;
    Metrics metrics = env.metrics();
    String[] labels = {"service", service, "call", call, "cache", cache};
    hits = gets(metrics, cache, "hit");
    misses = gets(metrics, cache, "miss");
    waits = gets(metrics, cache, "wait");
    errors = gets(metrics, cache, "error");
    coalesced = metrics.counter("cache_client_coalesced_total", labels);
    refreshes = metrics.counter("cache_client_refreshes_total", labels);
  }

  private Metrics.Counter gets(Metrics metrics, String cache, String outcome) {
    return metrics.counter(
        "cache_client_gets_total",
        "service",
        service,
        "call",
        call,
        "cache",
        cache,
        "outcome",
        outcome);
  }

  void ejected(String server) {
    env.event(SERVER_EJECTED.name(), "service", service, "call", call, "server", server);
  }
}
