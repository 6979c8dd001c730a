package dev.cascade.models.call;

import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What is measured of one call in one server process. */
final class CallMeter {
  private static final String[] LABELS = {"service", "call", "target", "path"};

  static final List<MetricInfo> DOCUMENTATION =
      List.of(
          MetricInfo.counter(
              "http_client_calls_total",
              "Calls that have ended: success, error, timeout, refused, reset, overflow,"
                  + " circuit-open or deadline.",
              with("outcome")),
          MetricInfo.counter(
              "http_client_calls_failed", "Calls that ended in anything but success.", LABELS),
          MetricInfo.histogram(
              "http_client_call_duration_seconds",
              "From the moment a thread makes a call until it goes on, however the call ended.",
              LABELS),
          MetricInfo.counter(
              "http_client_call_attempts_total", "Requests sent, retries and hedges too.", LABELS),
          MetricInfo.counter("http_client_call_retries_total", "Retries made.", LABELS),
          MetricInfo.counter(
              "http_client_call_retries_denied_total",
              "Retries that the budget did not allow.",
              LABELS),
          MetricInfo.counter(
              "http_client_call_hedges_total", "Attempts made beside an earlier one.", LABELS),
          MetricInfo.counter(
              "http_client_call_fallbacks_total",
              "Calls that failed and that their server did without.",
              LABELS),
          MetricInfo.gauge(
              "http_client_connections_in_use", "Requests that are open.", with("process")),
          MetricInfo.gauge(
              "http_client_connections_pending",
              "Requests that wait for a connection.",
              with("process")),
          MetricInfo.gauge(
              "http_client_circuit_breaker_state",
              "0 is closed, 1 half-open, 2 open.",
              with("process")));

  static final EventInfo BREAKER_CHANGED =
      new EventInfo(
          "circuit-breaker-changed",
          List.of("service", "call", "from", "to"),
          "A circuit breaker went to another state.");

  private final Env<?> env;
  private final String service;
  private final Call call;
  private final Map<CallEnding, Metrics.Counter> ended = new EnumMap<>(CallEnding.class);
  private final Metrics.Counter failed;
  private final Metrics.Histogram duration;
  private final Metrics.Counter attempts;
  private final Metrics.Counter retries;
  private final Metrics.Counter retriesDenied;
  private final Metrics.Counter hedges;
  private final Metrics.Counter fallbacks;
  private final Metrics.Gauge inUse;
  private final Metrics.Gauge pending;
  private final Metrics.Gauge breaker;

  CallMeter(Env<?> env, String process, String service, Call call) {
    this.env = env;
    this.service = service;
    this.call = call;
    Metrics metrics = env.metrics();
    for (CallEnding ending : CallEnding.values()) {
      ended.put(
          ending, metrics.counter("http_client_calls_total", labels("outcome", ending.label())));
    }
    failed = metrics.counter("http_client_calls_failed", labels());
    duration = metrics.histogram("http_client_call_duration_seconds", labels());
    attempts = metrics.counter("http_client_call_attempts_total", labels());
    retries = metrics.counter("http_client_call_retries_total", labels());
    retriesDenied = metrics.counter("http_client_call_retries_denied_total", labels());
    hedges = metrics.counter("http_client_call_hedges_total", labels());
    fallbacks = metrics.counter("http_client_call_fallbacks_total", labels());
    inUse = metrics.gauge("http_client_connections_in_use", labels("process", process));
    pending = metrics.gauge("http_client_connections_pending", labels("process", process));
    breaker = metrics.gauge("http_client_circuit_breaker_state", labels("process", process));
    connections(0, 0);
    breaker.set(0);
  }

  private static String[] with(String label) {
    List<String> all = new ArrayList<>(List.of(LABELS));
    all.add(label);
    return all.toArray(String[]::new);
  }

  private String[] labels(String... more) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("service", service, "call", call.name()));
    all.addAll(List.of("target", call.target(), "path", call.path()));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  void ended(CallEnding ending, long nanos) {
    Objects.requireNonNull(ended.get(ending)).increment();
    duration.recordNanos(nanos);
    if (ending != CallEnding.SUCCESS) {
      failed.increment();
      if (call.fallback()) {
        fallbacks.increment();
      }
    }
  }

  void attempted() {
    attempts.increment();
  }

  void retried() {
    retries.increment();
  }

  void retryDenied() {
    retriesDenied.increment();
  }

  void hedged() {
    hedges.increment();
  }

  void connections(int nowInUse, int nowPending) {
    inUse.set(nowInUse);
    pending.set(nowPending);
  }

  void breakerChanged(Breaker.State from, Breaker.State to) {
    breaker.set(
        switch (to) {
          case CLOSED -> 0;
          case HALF_OPEN -> 1;
          case OPEN -> 2;
        });
    env.event(
        BREAKER_CHANGED.name(),
        "service",
        service,
        "call",
        call.name(),
        "from",
        word(from),
        "to",
        word(to));
  }

  private static String word(Breaker.State state) {
    return switch (state) {
      case CLOSED -> "closed";
      case HALF_OPEN -> "half-open";
      case OPEN -> "open";
    };
  }
}
