package dev.cascade.models.logs;

import dev.cascade.models.records.Level;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is measured of the lines of one process. */
final class LogMeter {
  static final List<MetricInfo> DOCUMENTATION =
      List.of(
          MetricInfo.counter(
              "log_lines_written_total",
              "Lines that programs wanted to write, at each level.",
              "service",
              "level"),
          MetricInfo.counter(
              "log_lines_dropped_total",
              "Lines that were lost before a stream had them, by place: rate-limit; discarded or"
                  + " refused by the appender's queue; rotated away; crash.",
              "service",
              "place"),
          MetricInfo.gauge(
              "log_lines_queued",
              "Lines in an appender's queue, or outside of it with those that they block.",
              "service"),
          MetricInfo.gauge(
              "log_blocked", "Calls of a process that wait until their lines are in.", "service"),
          MetricInfo.histogram(
              "log_blocked_seconds", "How long lines that found no room blocked.", "service"));

  private final Map<Level, Metrics.Counter> written = new EnumMap<>(Level.class);
  final Metrics.Counter suppressed;
  final Metrics.Counter discarded;
  final Metrics.Counter refused;
  final Metrics.Counter rotated;
  final Metrics.Counter lostInCrash;
  final Metrics.Gauge queued;
  final Metrics.Gauge blocked;
  final Metrics.Histogram blockedTime;

  LogMeter(Metrics metrics, String service) {
    for (Level level : Level.values()) {
      String label = level.name().toLowerCase(Locale.ROOT);
      written.put(
          level, metrics.counter("log_lines_written_total", "service", service, "level", label));
    }
    suppressed = dropped(metrics, service, "rate-limit");
    discarded = dropped(metrics, service, "discarded");
    refused = dropped(metrics, service, "refused");
    rotated = dropped(metrics, service, "rotated");
    lostInCrash = dropped(metrics, service, "crash");
    queued = metrics.gauge("log_lines_queued", "service", service);
    blocked = metrics.gauge("log_blocked", "service", service);
    blockedTime = metrics.histogram("log_blocked_seconds", "service", service);
    queued.set(0);
    blocked.set(0);
  }

  private static Metrics.Counter dropped(Metrics metrics, String service, String place) {
    return metrics.counter("log_lines_dropped_total", "service", service, "place", place);
  }

  void written(Level level, int lines) {
    Metrics.Counter counter = written.get(level);
    if (counter != null) {
      counter.add(lines);
    }
  }
}
