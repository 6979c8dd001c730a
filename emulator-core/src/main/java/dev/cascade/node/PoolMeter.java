package dev.cascade.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The instruments of one pool. */
final class PoolMeter {
  private final Metrics metrics;
  private final WorkerPool.Names names;
  private final Metrics.Gauge queueLength;
  private final List<Metrics.Gauge> busy = new ArrayList<>();
  private final List<Metrics.Histogram> waits = new ArrayList<>();
  private final Map<String, Metrics.Counter> rejected = new TreeMap<>();

  PoolMeter(
      Metrics metrics,
      WorkerPool.Names names,
      List<WorkerPool.Kind> kinds,
      String process,
      int workers) {
    this.metrics = metrics;
    this.names = names;
    metrics.gauge(name("_threads"), labels("process", process)).set(workers);
    this.queueLength = metrics.gauge(name("_queue_length"), labels("process", process));
    queueLength(0);
    for (WorkerPool.Kind kind : kinds) {
      String[] ofKind = labels("process", process, names.kindLabel(), kind.name());
      busy.add(metrics.gauge(name("_threads_busy"), ofKind));
      busy(busy.size() - 1, 0);
      waits.add(
          metrics.histogram(name("_queue_wait_seconds"), labels(names.kindLabel(), kind.name())));
    }
  }

  void queueLength(int length) {
    queueLength.set(length);
  }

  void busy(int kind, int workers) {
    busy.get(kind).set(workers);
  }

  void waited(int kind, long nanos) {
    waits.get(kind).recordNanos(nanos);
  }

  void rejected(String reason) {
    rejected
        .computeIfAbsent(
            reason, key -> metrics.counter(name("_rejected_total"), labels("reason", key)))
        .increment();
  }

  private String name(String suffix) {
    return names.prefix() + suffix;
  }

  private String[] labels(String... more) {
    List<String> all = new ArrayList<>(names.labels());
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
