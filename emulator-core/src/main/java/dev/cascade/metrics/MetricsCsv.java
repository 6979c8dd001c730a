package dev.cascade.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes {@code metrics.csv}, for spreadsheets and data frames: one number a row, only where a
 * series changed. The fields are {@code total} of a counter; {@code min}, {@code max} and {@code
 * last} of a gauge; of a histogram {@code count} and {@code sum} (seconds) since the start, and
 * {@code p50}, {@code p95}, {@code p99} and {@code max} (seconds) of this tick alone. A gauge that
 * ended has the last value NaN.
 *
 * <p>Rows are in the order of the series, then of time. It does not hold the buckets: as rows they
 * would be the larger part of the file by far, as text they would spoil a column of numbers.
 */
public final class MetricsCsv {
  private final SeriesStore store;
  private final Appendable out;

  private MetricsCsv(SeriesStore store, Appendable out) {
    this.store = store;
    this.out = out;
  }

  /** Writes all series. */
  public static void write(SeriesStore store, Appendable out) {
    try {
      new MetricsCsv(store, out).write();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void write() throws IOException {
    out.append("time_seconds,name,labels,field,value\n");
    for (Series series : store.series()) {
      String columns = quoted(series.key().name()) + "," + quoted(labels(series.key())) + ",";
      for (int change = 0; change < series.changes(); change++) {
        int tick = series.tickOf(change);
        String row = NumberText.seconds(store.timeNanos(tick)) + "," + columns;
        if (series instanceof CounterSeries counter) {
          line(row, "total", Long.toString(counter.totalAt(tick)));
        } else if (series instanceof GaugeSeries gauge) {
          line(row, "min", NumberText.of(gauge.minAt(tick)));
          line(row, "max", NumberText.of(gauge.maxAt(tick)));
          line(row, "last", NumberText.of(gauge.lastAt(tick)));
        } else if (series instanceof HistogramSeries histogram) {
          histogram(row, histogram, change, tick);
        }
      }
    }
  }

  private void histogram(String row, HistogramSeries histogram, int change, int tick)
      throws IOException {
    BucketCounts counts = new BucketCounts();
    histogram.addTo(counts, change, 1);
    line(row, "count", Long.toString(histogram.countAt(tick)));
    line(row, "sum", NumberText.seconds(histogram.sumNanosAt(tick)));
    line(row, "p50", NumberText.seconds(counts.quantileNanos(0.5)));
    line(row, "p95", NumberText.seconds(counts.quantileNanos(0.95)));
    line(row, "p99", NumberText.seconds(counts.quantileNanos(0.99)));
    line(row, "max", NumberText.seconds(counts.quantileNanos(1)));
  }

  private void line(String row, String field, String value) throws IOException {
    out.append(row).append(field).append(',').append(value).append('\n');
  }

  /** {@code a=x;b=y}: as a rule it needs no quotes. */
  static String labels(SeriesKey key) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < key.labelCount(); i++) {
      text.append(i == 0 ? "" : ";").append(key.labelKey(i)).append('=').append(key.labelValue(i));
    }
    return text.toString();
  }

  /** As RFC 4180 has it. */
  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
