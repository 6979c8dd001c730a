package dev.cascade.metrics;

import dev.cascade.metrics.Instrument.GaugeCell;
import dev.cascade.node.Metrics;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The instruments of one user on a host: a process, or the host itself. When it ends, so do the
 * gauges that nobody else holds, as a series does in Prometheus when its target is gone: a dead
 * pod's queue is not 7 long for ever, it is nothing. Its counters and histograms stay.
 */
public final class HostMetrics implements Metrics, AutoCloseable {
  private final MetricRegistry registry;
  private final String host;

  /** Made when the first gauge is: most processes have none, and there may be many. */
  private @Nullable Set<GaugeCell> held;

  HostMetrics(MetricRegistry registry, String host) {
    this.registry = registry;
    this.host = host;
  }

  @Override
  public Counter counter(String name, String... labels) {
    return registry.counter(SeriesKey.of(name, labels));
  }

  @Override
  public Gauge gauge(String name, String... labels) {
    GaugeCell gauge = registry.gauge(name, host, labels);
    if (held == null) {
      held = new LinkedHashSet<>();
    }
    if (held.add(gauge)) {
      gauge.holders++;
    }
    return gauge;
  }

  @Override
  public Histogram histogram(String name, String... labels) {
    return registry.histogram(SeriesKey.of(name, labels));
  }

  /** Ends the gauges that were asked for here, unless others hold them too. */
  @Override
  public void close() {
    if (held == null) {
      return;
    }
    for (GaugeCell gauge : held) {
      if (--gauge.holders == 0) {
        gauge.end();
      }
    }
    held = null;
  }
}
