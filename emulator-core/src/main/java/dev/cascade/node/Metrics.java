package dev.cascade.node;

import java.time.Duration;

/**
 * A process's instruments. Names are Prometheus's ({@code http_requests_total}), labels are keys
 * and values in turn. Counters and histograms of one name and labels add up over all hosts; a gauge
 * has the label {@code host} besides, and belongs to its host.
 */
public interface Metrics {
  /** A number that only grows. */
  Counter counter(String name, String... labels);

  /** A number that goes up and down; its least and greatest value in each tick are kept. */
  Gauge gauge(String name, String... labels);

  /** A distribution of durations, kept in seconds with three digits. */
  Histogram histogram(String name, String... labels);

  /** A number that only grows. */
  interface Counter {
    /** Adds a number that is not negative. */
    void add(long amount);

    /** Adds one. */
    default void increment() {
      add(1);
    }
  }

  /** A number that goes up and down. */
  interface Gauge {
    /** Replaces the value. */
    void set(double value);

    /** Changes the value by an amount. */
    void add(double amount);
  }

  /** A distribution of durations. */
  interface Histogram {
    /** Records one duration in nanoseconds. */
    void recordNanos(long nanos);

    /** Records one duration. */
    default void record(Duration duration) {
      recordNanos(duration.toNanos());
    }
  }
}
