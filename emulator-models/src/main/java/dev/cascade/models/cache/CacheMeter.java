package dev.cascade.models.cache;

import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.WorkerPool;
import java.util.List;
import java.util.stream.Stream;

/** What is measured of one cache server. */
final class CacheMeter {
  static final List<MetricInfo> DOCUMENTATION =
      Stream.concat(
              WorkerPool.Names.documentation("cache", "command", "cache").stream(),
              Stream.of(
                  MetricInfo.counter(
                      "cache_gets_total", "Items asked for: hit or miss.", "cache", "result"),
                  MetricInfo.counter(
                      "cache_sets_total", "Items put in: stored or full.", "cache", "result"),
                  MetricInfo.counter(
                      "cache_evictions_total", "Items that went for lack of room.", "cache"),
                  MetricInfo.gauge(
                      "cache_items", "Items of a server, expired ones included.", "cache"),
                  MetricInfo.gauge("cache_bytes", "Memory that its items need.", "cache"),
                  MetricInfo.gauge(
                      "cache_fetching", "Requests that wait for the origin.", "cache")))
          .toList();

  private final Metrics.Counter hits;
  private final Metrics.Counter misses;
  private final Metrics.Counter stored;
  private final Metrics.Counter full;
  private final Metrics.Counter evictions;
  private final Metrics.Gauge items;
  private final Metrics.Gauge bytes;
  private final Metrics.Gauge fetching;
  private long evicted;

  CacheMeter(Metrics metrics, String cache) {
    hits = metrics.counter("cache_gets_total", "cache", cache, "result", "hit");
    misses = metrics.counter("cache_gets_total", "cache", cache, "result", "miss");
    stored = metrics.counter("cache_sets_total", "cache", cache, "result", "stored");
    full = metrics.counter("cache_sets_total", "cache", cache, "result", "full");
    evictions = metrics.counter("cache_evictions_total", "cache", cache);
    items = metrics.gauge("cache_items", "cache", cache);
    bytes = metrics.gauge("cache_bytes", "cache", cache);
    fetching = metrics.gauge("cache_fetching", "cache", cache);
    items.set(0);
    bytes.set(0);
    fetching.set(0);
  }

  void got(boolean hit) {
    (hit ? hits : misses).increment();
  }

  void put(boolean wasStored) {
    (wasStored ? stored : full).increment();
  }

  void holds(Store store) {
    items.set(store.size());
    bytes.set((double) store.bytes());
    evictions.add(store.evictions() - evicted);
    evicted = store.evictions();
  }

  void fetching(int now) {
    fetching.set(now);
  }
}
