package dev.cascade.node;

import java.util.List;

/**
 * Documentation of one metric, which properties may name.
 *
 * @param name Prometheus's way, with its unit: {@code http_request_duration_seconds}
 * @param kind counter, gauge or histogram
 * @param labels the keys of its labels
 * @param help one sentence
 */
public record MetricInfo(String name, Kind kind, List<String> labels, String help) {
  /** What kind of instrument it is. */
  public enum Kind {
    COUNTER,
    GAUGE,
    HISTOGRAM
  }

  /** A counter; its name ends in {@code _total}. */
  public static MetricInfo counter(String name, String help, String... labels) {
    return new MetricInfo(name, Kind.COUNTER, List.of(labels), help);
  }

  /** A gauge. */
  public static MetricInfo gauge(String name, String help, String... labels) {
    return new MetricInfo(name, Kind.GAUGE, List.of(labels), help);
  }

  /** A histogram of seconds; its name ends in {@code _seconds}. */
  public static MetricInfo histogram(String name, String help, String... labels) {
    return new MetricInfo(name, Kind.HISTOGRAM, List.of(labels), help);
  }
}
