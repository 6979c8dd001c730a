package dev.cascade.run;

import dev.cascade.metrics.HostMetrics;
import dev.cascade.metrics.Selector;
import dev.cascade.metrics.SeriesKey;
import dev.cascade.node.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A host's instruments, and somebody who hears when certain series change. */
final class WatchedMetrics implements Metrics, AutoCloseable {
  private final Metrics metrics;
  private final String host;
  private final List<Selector> watched;
  private final Consumer<String> changed;

  WatchedMetrics(Metrics metrics, String host, List<Selector> watched, Consumer<String> changed) {
    this.metrics = metrics;
    this.host = host;
    this.watched = watched;
    this.changed = changed;
  }

  private boolean isWatched(SeriesKey series) {
    return watched.stream().anyMatch(selector -> selector.matches(series));
  }

  @Override
  public Counter counter(String name, String... labels) {
    Counter counter = metrics.counter(name, labels);
    SeriesKey series = SeriesKey.of(name, labels);
    if (!isWatched(series)) {
      return counter;
    }
    String told = series.toString();
    return amount -> {
      counter.add(amount);
      if (amount > 0) {
        changed.accept(told);
      }
    };
  }

  @Override
  public Histogram histogram(String name, String... labels) {
    Histogram histogram = metrics.histogram(name, labels);
    SeriesKey series = SeriesKey.of(name, labels);
    if (!isWatched(series)) {
      return histogram;
    }
    String told = series.toString();
    return nanos -> {
      histogram.recordNanos(nanos);
      changed.accept(told);
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
    if (!isWatched(series)) {
      return gauge;
    }
    String told = SeriesKey.of(name, labels).toString(); // of all hosts together
    return new Gauge() {
      @Override
      public void set(double value) {
        gauge.set(value);
        changed.accept(told);
      }

      @Override
      public void add(double amount) {
        gauge.add(amount);
        changed.accept(told);
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
