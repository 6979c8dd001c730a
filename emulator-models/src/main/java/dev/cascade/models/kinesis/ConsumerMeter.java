package dev.cascade.models.kinesis;

import dev.cascade.models.records.LineKind;
import dev.cascade.models.records.Records;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is measured of an application on one host. */
final class ConsumerMeter {
  static final List<MetricInfo> DOCUMENTATION =
      List.of(
          MetricInfo.counter("kinesis_consumer_lines_total", "Lines done.", "consumer"),
          MetricInfo.counter(
              "log_lines_visible_total",
              "Lines that people can read.",
              "consumer",
              "service",
              "kind"),
          MetricInfo.gauge(
              "log_newest_visible_age_seconds",
              "How long ago the newest line was written that people can read, by the reader's"
                  + " clock; to be taken as the least over its hosts.",
              "consumer"));

  private final Metrics metrics;
  private final String application;
  private final boolean shows;
  private final Metrics.Counter lines;
  private final Map<LineKind, Metrics.Counter> visible = new HashMap<>(); // is never walked
  private long newestNanos = Long.MIN_VALUE;

  ConsumerMeter(Metrics metrics, String application, boolean shows) {
    this.metrics = metrics;
    this.application = application;
    this.shows = shows;
    this.lines = metrics.counter("kinesis_consumer_lines_total", "consumer", application);
  }

  /** These are done. */
  void done(Records records, long nowNanos) {
    lines.add(records.lines());
    if (shows) {
      LineKind kind = records.kind();
      visible
          .computeIfAbsent(
              kind,
              unseen ->
                  metrics.counter(
                      "log_lines_visible_total",
                      "consumer",
                      application,
                      "service",
                      kind.service(),
                      "kind",
                      kind.name()))
          .add(records.lines());
      newestNanos = Math.max(newestNanos, records.writtenNanos());
      age(nowNanos);
    }
  }

  /** Time goes on. */
  void age(long nowNanos) {
    if (newestNanos != Long.MIN_VALUE) {
      metrics
          .gauge("log_newest_visible_age_seconds", "consumer", application)
          .set(Math.max(0, nowNanos - newestNanos) / 1e9);
    }
  }
}
