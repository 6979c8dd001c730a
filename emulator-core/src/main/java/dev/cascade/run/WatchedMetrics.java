package dev.cascade.run;

import dev.cascade.metrics.HostMetrics;
import dev.cascade.metrics.SeriesKey;
import dev.cascade.node.Metrics;
import dev.cascade.property.Suspects;
import dev.cascade.property.Suspects.Guilt;
import java.util.ArrayList;
import java.util.List;

/** A host's instruments, and somebody who hears when certain series change. */
final class WatchedMetrics implements Metrics, AutoCloseable {
  /** Who hears of it. */
  interface Listener {
    /** There is a series that the property looks at. */
    void found(String series, Guilt guilt);

    /** It changed. */
    void changed(String series);
  }

  private static final double NANOS_PER_SECOND = 1e9;

  private final Metrics metrics;
  private final String host;
  private final Suspects watched;
  private final Listener listener;

  WatchedMetrics(Metrics metrics, String host, Suspects watched, Listener listener) {
    this.metrics = metrics;
    this.host = host;
    this.watched = watched;
    this.listener = listener;
  }

  private String found(SeriesKey series, SeriesKey told) {
    String name = told.toString();
    listener.found(name, watched.guilt(series));
    return name;
  }

  @Override
  public Counter counter(String name, String... labels) {
    Counter counter = metrics.counter(name, labels);
    SeriesKey series = SeriesKey.of(name, labels);
    if (!watched.areAmong(series)) {
      return counter;
    }
    String told = found(series, series);
    return amount -> {
      counter.add(amount);
      if (amount > 0) {
        listener.changed(told);
      }
    };
  }

  @Override
  public Histogram histogram(String name, String... labels) {
    Histogram histogram = metrics.histogram(name, labels);
    SeriesKey series = SeriesKey.of(name, labels);
    if (!watched.areAmong(series)) {
      return histogram;
    }
    String told = found(series, series);
    double badAboveNanos = watched.badAboveSeconds(series) * NANOS_PER_SECOND;
    return nanos -> {
      histogram.recordNanos(nanos);
      if (badAboveNanos == 0 || nanos > badAboveNanos) {
        listener.changed(told);
      }
    };
  }

  @Override
  public Gauge gauge(String name, String... labels) {
    Gauge gauge = metrics.gauge(name, labels);
    List<String> all = new ArrayList<>(List.of(labels));
    if (!all.contains("host")) {
      all.add("host");
      all.add(host);
    }
    SeriesKey series = SeriesKey.of(name, all.toArray(String[]::new));
    if (!watched.areAmong(series)) {
      return gauge;
    }
    String told = found(series, SeriesKey.of(name, labels)); // of all hosts together
    return new Gauge() {
      @Override
      public void set(double value) {
        gauge.set(value);
        listener.changed(told);
      }

      @Override
      public void add(double amount) {
        gauge.add(amount);
        listener.changed(told);
      }
    };
  }

  @Override
  public void close() {
    if (metrics instanceof HostMetrics own) {
      own.close();
    }
  }
}
