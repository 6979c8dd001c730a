package dev.cascade.engine;

import dev.cascade.node.Metrics;
import java.util.function.BooleanSupplier;

/**
 * The instruments of one process. Its gauges end with it, and what its last turn counts after it
 * was killed nobody sees.
 */
final class OwnMetrics implements Metrics {
  private final Metrics metrics;
  private final BooleanSupplier dead;

  OwnMetrics(Metrics metrics, BooleanSupplier dead) {
    this.metrics = metrics;
    this.dead = dead;
  }

  @Override
  public Counter counter(String name, String... labels) {
    if (dead.getAsBoolean()) {
      return amount -> {};
    }
    Counter counter = metrics.counter(name, labels);
    return amount -> {
      if (!dead.getAsBoolean()) {
        counter.add(amount);
      }
    };
  }

  @Override
  public Gauge gauge(String name, String... labels) {
    return dead.getAsBoolean() ? new Mute() : new OwnGauge(metrics.gauge(name, labels));
  }

  @Override
  public Histogram histogram(String name, String... labels) {
    if (dead.getAsBoolean()) {
      return nanos -> {};
    }
    Histogram histogram = metrics.histogram(name, labels);
    return nanos -> {
      if (!dead.getAsBoolean()) {
        histogram.recordNanos(nanos);
      }
    };
  }

  /** Ends the gauges that nobody else holds. */
  void close() {
    if (metrics instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException("The metrics of a process did not close.", e);
      }
    }
  }

  private final class OwnGauge implements Gauge {
    private final Gauge gauge;

    OwnGauge(Gauge gauge) {
      this.gauge = gauge;
    }

    @Override
    public void set(double value) {
      if (!dead.getAsBoolean()) {
        gauge.set(value);
      }
    }

    @Override
    public void add(double amount) {
      if (!dead.getAsBoolean()) {
        gauge.add(amount);
      }
    }
  }

  private static final class Mute implements Gauge {
    @Override
    public void set(double value) {}

    @Override
    public void add(double amount) {}
  }
}
