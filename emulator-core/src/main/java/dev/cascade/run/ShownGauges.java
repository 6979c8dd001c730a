package dev.cascade.run;

import dev.cascade.metrics.HostMetrics;
import dev.cascade.node.Metrics;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A host's instruments, and somebody who hears each new value of its gauges. */
final class ShownGauges implements Metrics, AutoCloseable {
  private final Metrics metrics;
  private final BiConsumer<String, String> shown;

  /**
   * Looks over a host's shoulder.
   *
   * @param shown takes a gauge with its labels, and its value
   */
  ShownGauges(Metrics metrics, BiConsumer<String, String> shown) {
    this.metrics = metrics;
    this.shown = shown;
  }

  @Override
  public Counter counter(String name, String... labels) {
    return metrics.counter(name, labels);
  }

  @Override
  public Histogram histogram(String name, String... labels) {
    return metrics.histogram(name, labels);
  }

  @Override
  public Gauge gauge(String name, String... labels) {
    Gauge gauge = metrics.gauge(name, labels);
    String told = labels.length == 0 ? name : name + labels(labels);
    return new Gauge() {
      private double now;

      @Override
      public void set(double value) {
        gauge.set(value);
        if (value != now) {
          now = value;
          shown.accept(told, number(value));
        }
      }

      @Override
      public void add(double amount) {
        gauge.add(amount);
        now += amount;
        shown.accept(told, number(now));
      }
    };
  }

  private static String labels(String... labels) {
    TreeMap<String, String> all = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      all.put(labels[i], labels[i + 1]);
    }
    return all.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  @Override
  public void close() {
    if (metrics instanceof HostMetrics own) {
      own.close();
    }
  }
}
