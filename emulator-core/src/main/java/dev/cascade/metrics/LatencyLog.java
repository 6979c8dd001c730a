package dev.cascade.metrics;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Writes {@code latency.hlog}, HdrHistogram's interval log, which its plotters read: nanoseconds,
 * with the series as tag. Encoding an interval costs its range, not what is in it, so that there
 * are at most {@value #INTERVALS} of each series, each at least a second long.
 */
public final class LatencyLog {
  /** More would not be seen in a plot; 200 intervals of 100 series take about a second to write. */
  static final int INTERVALS = 200;

  private static final double NANOS_PER_MILLI = 1e6;

  private final SeriesStore store;
  private final HistogramLogWriter log;

  private LatencyLog(SeriesStore store, HistogramLogWriter log) {
    this.store = store;
    this.log = log;
  }

  /** Writes all histograms, by series, then time. */
  public static void write(SeriesStore store, OutputStream out) {
    PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
    HistogramLogWriter log = new HistogramLogWriter(stream);
    log.outputLogFormatVersion();
    log.outputComment("[Cascade: virtual time since the start of the run; durations in ns]");
    log.outputLegend();
    new LatencyLog(store, log).write();
    stream.flush();
  }

  private void write() {
    for (Series series : store.series()) {
      if (series instanceof HistogramSeries histogram) {
        write(histogram);
      }
    }
  }

  private void write(HistogramSeries series) {
    String tag = tag(series.key());
    long interval = intervalNanos();
    Histogram counts = new Histogram(DurationBuckets.SIGNIFICANT_DIGITS);
    long current = -1;
    for (int change = 0; change < series.changes(); change++) {
      // A tick belongs to the interval it ends in, or at whose end it ends.
      long number = Math.max(0, store.timeNanos(series.tickOf(change)) - 1) / interval;
      if (number != current && counts.getTotalCount() > 0) {
        output(counts, tag, current, interval);
      }
      current = number;
      series.forEachBucket(
          change,
          (index, count) -> counts.recordValueWithCount(DurationBuckets.lowest(index), count));
    }
    if (counts.getTotalCount() > 0) {
      output(counts, tag, current, interval);
    }
  }

  private void output(Histogram counts, String tag, long number, long interval) {
    counts.setTag(tag);
    double start = (double) (number * interval) / 1e9;
    log.outputIntervalHistogram(start, start + (double) interval / 1e9, counts, NANOS_PER_MILLI);
    counts.reset();
  }

  /** Whole seconds, as a reader sees only milliseconds. */
  private long intervalNanos() {
    long second = Duration.ofSeconds(1).toNanos();
    long run = store.timeNanos(store.ticks() - 1);
    long seconds = (run + INTERVALS * second - 1) / (INTERVALS * second);
    return Math.max(1, seconds) * second;
  }

  /** The log's columns are separated by commas, and its reader by spaces too. */
  private static String tag(SeriesKey key) {
    String labels = MetricsCsv.labels(key);
    String text = labels.isEmpty() ? key.name() : key.name() + "{" + labels + "}";
    return text.replaceAll("[,\\s]", "_");
  }
}
