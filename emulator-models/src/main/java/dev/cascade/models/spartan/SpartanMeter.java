package dev.cascade.models.spartan;

import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import java.util.List;

/** What a client counts, and what it records. */
final class SpartanMeter {
  static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.gauge(
              "spartan_in_ring", "Whether a service has not left the ring, 0 or 1.", "service"),
          MetricInfo.gauge(
              "spartan_allocated",
              "Whether a service is in the ring and has its buckets, as far as it knows.",
              "service"),
          MetricInfo.gauge("spartan_version", "The version that a client knows.", "service"),
          MetricInfo.counter(
              "spartan_older_versions_total",
              "How often a client was told of an older version than it knew.",
              "service"),
          MetricInfo.counter(
              "spartan_evictions_total", "How often clients left the ring.", "service", "reason"),
          MetricInfo.counter(
              "spartan_sessions_lost_total",
              "How often clients lost an open session.",
              "service",
              "reason"),
          MetricInfo.counter(
              "spartan_session_attempts_total", "Attempts to open a session.", "service"),
          MetricInfo.counter(
              "spartan_session_attempts_failed_total",
              "Attempts to open a session that failed.",
              "service"),
          MetricInfo.counter(
              "spartan_pings_missed_total", "Pings without an answer in time.", "service"));

  static final List<EventInfo> EVENTS =
      List.of(
          new EventInfo(
              "older-version-seen",
              List.of("service", "known", "told"),
              "A client was told of an older version than it knew, and had not been for a"
                  + " minute."),
          new EventInfo(
              "service-evicted",
              List.of("service", "reason"),
              "A service left the ring, and had not for a minute."));

  /** One more of what is going on already is counted, not recorded. */
  private static final long QUIET_NANOS = 60_000_000_000L;

  private long olderNanos = -QUIET_NANOS;
  private long evictedNanos = -QUIET_NANOS;

  private static final List<String> EVICTIONS = List.of("older", "expired", "silence");
  private static final List<String> LOSSES = List.of("silence", "reset", "cut", "resync");

  private final Env<?> env;
  private final String entry;
  private final Metrics.Gauge inRing;
  private final Metrics.Gauge allocated;
  private final Metrics.Gauge version;
  private final Metrics.Counter older;
  private final Metrics.Counter attempts;
  private final Metrics.Counter failed;
  private final Metrics.Counter missed;

  SpartanMeter(Env<?> env, String entry) {
    this.env = env;
    this.entry = entry;
    Metrics metrics = env.metrics();
    this.inRing = metrics.gauge("spartan_in_ring", "service", entry);
    this.allocated = metrics.gauge("spartan_allocated", "service", entry);
    this.version = metrics.gauge("spartan_version", "service", entry);
    this.older = metrics.counter("spartan_older_versions_total", "service", entry);
    this.attempts = metrics.counter("spartan_session_attempts_total", "service", entry);
    this.failed = metrics.counter("spartan_session_attempts_failed_total", "service", entry);
    this.missed = metrics.counter("spartan_pings_missed_total", "service", entry);
    EVICTIONS.forEach(reason -> evictions(reason).add(0));
    LOSSES.forEach(reason -> losses(reason).add(0));
  }

  private Metrics.Counter evictions(String reason) {
    return env.metrics().counter("spartan_evictions_total", "service", entry, "reason", reason);
  }

  private Metrics.Counter losses(String reason) {
    return env.metrics().counter("spartan_sessions_lost_total", "service", entry, "reason", reason);
  }

  /** Of a service that was killed, and can say nothing itself. */
  static void stopped(Env<?> env) {
    String entry = env.host().entry();
    env.metrics().gauge("spartan_in_ring", "service", entry).set(0);
    env.metrics().gauge("spartan_allocated", "service", entry).set(0);
  }

  void show(View view) {
    inRing.set(view.inRing() ? 1 : 0);
    allocated.set(view.allocated() ? 1 : 0);
    version.set((double) view.version());
  }

  void sawOlder(long known, long told) {
    older.increment();
    boolean goesOn = env.nowNanos() - olderNanos < QUIET_NANOS;
    olderNanos = env.nowNanos();
    if (goesOn) {
      return;
    }
    env.event(
        "older-version-seen",
        "service",
        env.host().name(),
        "known",
        Long.toString(known),
        "told",
        Long.toString(told));
  }

  void evicted(String reason) {
    evictions(reason).increment();
    boolean goesOn = env.nowNanos() - evictedNanos < QUIET_NANOS;
    evictedNanos = env.nowNanos();
    if (!goesOn) {
      env.event("service-evicted", "service", env.host().name(), "reason", reason);
    }
  }

  void lost(String reason) {
    losses(reason).increment();
  }

  void attempted() {
    attempts.increment();
  }

  void attemptFailed() {
    failed.increment();
  }

  void pingMissed() {
    missed.increment();
  }
}
