package dev.cascade.metrics;

import dev.cascade.node.MetricInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes {@code metrics.om}: OpenMetrics text with timestamps, which {@code promtool tsdb
 * create-blocks-from openmetrics} puts into a Prometheus. A sample is written where a series
 * changed and at the tick before, so that steps stay steps, and now and then in between, so that no
 * query takes the series for stale. A gauge is its value at the end of the tick; histograms have
 * the bounds of OpenTelemetry and five below them, each exact to 0.1 %.
 */
public final class OpenMetrics {
  /** OpenTelemetry's bounds for HTTP durations, and five shorter ones for what stays in a rack. */
  private static final long[] BOUNDS_MICROS = {
    100,
    250,
    500,
    1_000,
    2_500,
    5_000,
    10_000,
    25_000,
    50_000,
    75_000,
    100_000,
    250_000,
    500_000,
    750_000,
    1_000_000,
    2_500_000,
    5_000_000,
    7_500_000,
    10_000_000
  };

  /** Half of a usual rate's window of one minute, as a rate needs two samples. */
  private static final Duration COUNTERS_AT_LEAST_EVERY = Duration.ofSeconds(30);

  /** Well within the five minutes that Prometheus looks back; there may be many gauges. */
  private static final Duration GAUGES_AT_LEAST_EVERY = Duration.ofMinutes(2);

  private static final List<String> UNITS = List.of("seconds", "bytes", "ratio");

  private final SeriesStore store;
  private final Map<String, MetricInfo> infos = new LinkedHashMap<>();
  private final Instant start;
  private final Appendable out;

  private OpenMetrics(SeriesStore store, List<MetricInfo> infos, Instant start, Appendable out) {
    this.store = store;
    this.start = start;
    this.out = out;
    infos.forEach(info -> this.infos.putIfAbsent(info.name(), info));
  }

  /**
   * Writes all series.
   *
   * @param infos what is known about the metrics; others are written without help
   * @param start the time on the calendar that stands for the start of the run
   */
  public static void write(
      SeriesStore store, List<MetricInfo> infos, Instant start, Appendable out) {
    try {
      new OpenMetrics(store, infos, start, out).write();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void write() throws IOException {
    for (String name : store.names()) {
      boolean first = true;
      for (Series series : store.family(name)) {
        if (first) {
          header(name, series.kind());
          first = false;
        }
        samples(series);
      }
    }
    out.append("# EOF\n");
  }

  private void header(String name, MetricInfo.Kind kind) throws IOException {
    String family = kind == MetricInfo.Kind.COUNTER ? withoutTotal(name) : name;
    String type =
        switch (kind) {
          case COUNTER -> "counter";
          case GAUGE -> "gauge";
          case HISTOGRAM -> "histogram";
        };
    out.append("# TYPE ").append(family).append(' ').append(type).append('\n');
    for (String unit : UNITS) {
      if (family.endsWith("_" + unit)) {
        out.append("# UNIT ").append(family).append(' ').append(unit).append('\n');
      }
    }
    MetricInfo info = infos.get(name);
    if (info != null) {
      out.append("# HELP ").append(family).append(' ').append(escaped(info.help())).append('\n');
    }
  }

  private void samples(Series series) throws IOException {
    if (series instanceof CounterSeries counter) {
      String sample = withoutTotal(counter.key().name()) + "_total" + braces(counter.key());
      forTicks(
          series,
          COUNTERS_AT_LEAST_EVERY,
          tick -> line(sample, Long.toString(counter.totalAt(tick)), tick));
    } else if (series instanceof GaugeSeries gauge) {
      String sample = gauge.key().name() + braces(gauge.key());
      forTicks(
          series,
          GAUGES_AT_LEAST_EVERY,
          tick -> {
            double value = gauge.lastAt(tick);
            if (!Double.isNaN(value)) {
              line(sample, NumberText.of(value), tick);
            }
          });
    } else if (series instanceof HistogramSeries histogram) {
      histogram(histogram);
    }
  }

  private void histogram(HistogramSeries histogram) throws IOException {
    String name = histogram.key().name();
    String labels = braces(histogram.key());
    HistogramWindow window = new HistogramWindow();
    List<Series> alone = List.of(histogram);
    forTicks(
        histogram,
        COUNTERS_AT_LEAST_EVERY,
        tick -> {
          BucketCounts counts = window.moveTo(-1, tick, alone);
          for (long bound : BOUNDS_MICROS) {
            long below = counts.atOrBelow(bound * 1_000);
            line(name + "_bucket" + bound(histogram.key(), bound), Long.toString(below), tick);
          }
          String all = Long.toString(counts.total());
          line(name + "_bucket" + braces(histogram.key(), "le=\"+Inf\""), all, tick);
          line(name + "_count" + labels, all, tick);
          line(name + "_sum" + labels, NumberText.seconds(counts.sumNanos()), tick);
        });
  }

  /** What is written for one series at one tick. */
  private interface Sample {
    void at(int tick) throws IOException;
  }

  private void forTicks(Series series, Duration atLeastEvery, Sample sample) throws IOException {
    int written = -1;
    for (int change = 0; change < series.changes(); change++) {
      int tick = series.tickOf(change);
      if (change == 0) {
        // What it was before it was first touched: a counter's 0, so that a rate sees it leave.
        written = tick - 2;
      }
      fill(written, tick - 1, atLeastEvery, sample);
      sample.at(tick);
      written = tick;
    }
    fill(written, store.ticks() - 1, atLeastEvery, sample);
  }

  /** Writes the last tick of a stretch without changes, and some before it if it is long. */
  private void fill(int written, int last, Duration atLeastEvery, Sample sample)
      throws IOException {
    int previous = written;
    while (previous < last) {
      long next = store.timeNanos(previous) + atLeastEvery.toNanos();
      int tick = Math.min(last, Math.max(previous + 1, store.tickAtOrBefore(next)));
      if (tick >= 0) {
        sample.at(tick);
      }
      previous = tick;
    }
  }

  private void line(String sample, String value, int tick) throws IOException {
    BigDecimal seconds =
        BigDecimal.valueOf(start.getEpochSecond())
            .add(BigDecimal.valueOf(start.getNano(), 9))
            .add(BigDecimal.valueOf(store.timeNanos(tick), 9));
    out.append(sample).append(' ').append(value).append(' ');
    out.append(seconds.stripTrailingZeros().toPlainString()).append('\n');
  }

  private static String bound(SeriesKey key, long micros) {
    // The canonical form of a bound has a point: 1.0, not 1.
    String text = NumberText.seconds(micros * 1_000);
    return braces(key, "le=\"" + (text.contains(".") ? text : text + ".0") + "\"");
  }

  private static String braces(SeriesKey key, String... more) {
    String text = key.toString().substring(key.name().length());
    if (more.length == 0) {
      return text;
    }
    String inner = text.isEmpty() ? "" : text.substring(1, text.length() - 1) + ",";
    return "{" + inner + more[0] + "}";
  }

  private static String withoutTotal(String name) {
    return name.endsWith("_total") ? name.substring(0, name.length() - "_total".length()) : name;
  }

  private static String escaped(String help) {
    return help.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
  }
}
