package dev.cascade.models.broker;

import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import java.util.List;

/** What is measured of one consumer. */
final class ConsumerMeter {
  private static final String[] LABELS = {"group", "topic"};

  static final List<MetricInfo> DOCUMENTATION =
      List.of(
          MetricInfo.counter("consumer_records_consumed_total", "Records done.", LABELS),
          MetricInfo.counter(
              "consumer_records_lost_total",
              "Records that retention had deleted before they were read.",
              LABELS),
          MetricInfo.histogram(
              "consumer_record_latency_seconds",
              "From the moment a record was appended until it was done, by both hosts' clocks.",
              LABELS),
          MetricInfo.counter(
              "consumer_poll_interval_exceeded_total",
              "How often a member left its group as its batch took too long.",
              LABELS),
          MetricInfo.counter(
              "consumer_commits_failed_total",
              "Commits that the coordinator did not take, or did not answer.",
              LABELS),
          MetricInfo.gauge(
              "consumer_assigned_partitions", "Partitions that a member has.", LABELS));

  final Metrics.Counter consumed;
  final Metrics.Counter lost;
  final Metrics.Histogram latency;
  final Metrics.Counter exceeded;
  final Metrics.Counter commitsFailed;
  final Metrics.Gauge assigned;

  ConsumerMeter(Metrics metrics, String group, String topic) {
    String[] labels = {"group", group, "topic", topic};
    consumed = metrics.counter("consumer_records_consumed_total", labels);
    lost = metrics.counter("consumer_records_lost_total", labels);
    latency = metrics.histogram("consumer_record_latency_seconds", labels);
    exceeded = metrics.counter("consumer_poll_interval_exceeded_total", labels);
    commitsFailed = metrics.counter("consumer_commits_failed_total", labels);
    assigned = metrics.gauge("consumer_assigned_partitions", labels);
    assigned.set(0);
  }
}
