package dev.cascade.models.load;

import dev.cascade.models.http.Ending;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the users of one host see. */
final class ClientMeter {
  static final List<MetricInfo> DOCUMENTATION =
      List.of(
          MetricInfo.counter(
              "http_client_requests_total",
              "Requests that have ended: success, error, timeout, refused or reset.",
              "load",
              "path",
              "outcome"),
          MetricInfo.counter(
              "http_client_requests_failed",
              "Requests that ended in anything but success.",
              "load",
              "path"),
          MetricInfo.counter(
              "http_client_attempts_total", "Requests and retries sent.", "load", "path"),
          MetricInfo.histogram(
              "http_client_request_duration_seconds",
              "From the first attempt to the end of the last, however it ended.",
              "load",
              "path"),
          MetricInfo.gauge(
              "http_client_goodput", "Requests that succeeded in the last second.", "load"),
          MetricInfo.counter(
              "http_client_retries_denied_total", "Retries that the budget did not allow.", "load"),
          MetricInfo.counter(
              "http_client_dropped_iterations_total",
              "Requests not made, as too many were open.",
              "load"),
          MetricInfo.gauge("http_client_vus", "Virtual users on a host; k6's vus.", "load"));

  private final List<Map<Ending, Metrics.Counter>> ended = new ArrayList<>();
  private final List<Metrics.Counter> failed = new ArrayList<>();
  private final List<Metrics.Counter> attempts = new ArrayList<>();
  private final List<Metrics.Histogram> durations = new ArrayList<>();
  private final Metrics.Gauge goodput;
  private final Metrics.Counter retriesDenied;
  private final Metrics.Counter droppedIterations;
  private final Metrics.Gauge vus;
  private long successes;

  ClientMeter(Metrics metrics, String load, List<PathWeight> paths) {
    for (PathWeight path : paths) {
      String[] labels = {"load", load, "path", path.path()};
      Map<Ending, Metrics.Counter> byEnding = new EnumMap<>(Ending.class);
      for (Ending ending : Ending.values()) {
        byEnding.put(
            ending,
            metrics.counter(
                "http_client_requests_total",
                "load",
                load,
                "path",
                path.path(),
                "outcome",
                ending.label()));
      }
      ended.add(byEnding);
      failed.add(metrics.counter("http_client_requests_failed", labels));
      attempts.add(metrics.counter("http_client_attempts_total", labels));
      durations.add(metrics.histogram("http_client_request_duration_seconds", labels));
    }
    goodput = metrics.gauge("http_client_goodput", "load", load);
    goodput.set(0);
    retriesDenied = metrics.counter("http_client_retries_denied_total", "load", load);
    vus = metrics.gauge("http_client_vus", "load", load);
    vus.set(0);
    droppedIterations = metrics.counter("http_client_dropped_iterations_total", "load", load);
  }

  void attempted(int path) {
    attempts.get(path).increment();
  }

  void ended(int path, Ending ending, long nanos) {
    Objects.requireNonNull(ended.get(path).get(ending)).increment();
    durations.get(path).recordNanos(nanos);
    if (ending == Ending.SUCCESS) {
      successes++;
    } else {
      failed.get(path).increment();
    }
  }

  void retryDenied() {
    retriesDenied.increment();
  }

  void droppedIteration() {
    droppedIterations.increment();
  }

  void users(int now) {
    vus.set(now);
  }

  void secondPassed() {
    goodput.set((double) successes);
    successes = 0;
  }
}
