package dev.cascade.cli.report;

import dev.cascade.metrics.CounterSeries;
import dev.cascade.metrics.DurationQuantiles;
import dev.cascade.metrics.GaugeSeries;
import dev.cascade.metrics.HistogramSeries;
import dev.cascade.metrics.Series;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes columns of numbers of one or several series of a metric, one number for each point of a
 * grid.
 *
 * <p>Counters: {@code v}, the rate over the point, and where it has several ticks {@code lo} and
 * {@code hi}, the least and greatest rate of a tick. Gauges: {@code v}, the mean over the gauges of
 * the value at the end, {@code lo} and {@code hi}, the least and greatest value of any of them at
 * any time. Histograms: {@code p50}, {@code p95}, {@code p99} and {@code max} of all durations in
 * the point.
 */
final class Sampler {
  static final String VALUE = "v";
  static final String LOW = "lo";
  static final String HIGH = "hi";

  /** The quantiles of durations by their columns. */
  private static final Map<String, Double> QUANTILES = quantiles();

  private final Grid grid;

  Sampler(Grid grid) {
    this.grid = grid;
  }

  private static Map<String, Double> quantiles() {
    Map<String, Double> quantiles = new LinkedHashMap<>();
    quantiles.put("p50", 0.5);
    quantiles.put("p95", 0.95);
    quantiles.put("p99", 0.99);
    quantiles.put("max", 1.0);
    return quantiles;
  }

  /** The columns of series of one metric; there must be one. */
  Map<String, double[]> columns(List<Series> series) {
    return switch (series.get(0).kind()) {
      case COUNTER -> counters(series.stream().map(CounterSeries.class::cast).toList());
      case GAUGE -> gauges(series.stream().map(GaugeSeries.class::cast).toList());
      case HISTOGRAM -> histograms(series.stream().map(HistogramSeries.class::cast).toList());
    };
  }

  private Map<String, double[]> counters(List<CounterSeries> counters) {
    long[] increases = new long[grid.ticks()];
    for (CounterSeries counter : counters) {
      long before = 0;
      for (int change = 0; change < counter.changes(); change++) {
        int tick = counter.tickOf(change);
        long total = counter.totalAt(tick);
        increases[tick] += total - before;
        before = total;
      }
    }
    double[] rates = new double[grid.points()];
    double[] lows = filled(Double.POSITIVE_INFINITY);
    double[] highs = filled(Double.NEGATIVE_INFINITY);
    for (int point = 0; point < rates.length; point++) {
      long sum = 0;
      for (int tick = grid.after(point) + 1; tick <= grid.until(point); tick++) {
        sum += increases[tick];
        double rate = increases[tick] / grid.secondsBetween(tick - 1, tick);
        lows[point] = Math.min(lows[point], rate);
        highs[point] = Math.max(highs[point], rate);
      }
      rates[point] = sum / grid.secondsBetween(grid.after(point), grid.until(point));
    }
    return grid.isExact() ? columns(rates) : columns(rates, lows, highs);
  }

  private Map<String, double[]> gauges(List<GaugeSeries> gauges) {
    double[] sums = filled(0);
    int[] counts = new int[grid.points()];
    double[] lows = filled(Double.POSITIVE_INFINITY);
    double[] highs = filled(Double.NEGATIVE_INFINITY);
    for (GaugeSeries gauge : gauges) {
      int change = 0;
      double last = Double.NaN;
      for (int point = 0; point < sums.length; point++) {
        boolean changed = change < gauge.changes() && gauge.tickOf(change) <= grid.until(point);
        if (changed && gauge.tickOf(change) > grid.after(point) + 1) {
          extend(lows, highs, point, last, last); // it lasted into this point
        }
        while (change < gauge.changes() && gauge.tickOf(change) <= grid.until(point)) {
          int tick = gauge.tickOf(change++);
          extend(lows, highs, point, gauge.minAt(tick), gauge.maxAt(tick));
          last = gauge.lastAt(tick);
        }
        if (!changed) {
          extend(lows, highs, point, last, last);
        }
        if (!Double.isNaN(last)) {
          sums[point] += last;
          counts[point]++;
        }
      }
    }
    double[] means = new double[sums.length];
    for (int point = 0; point < means.length; point++) {
      means[point] = counts[point] == 0 ? Double.NaN : sums[point] / counts[point];
    }
    return columns(means, lows, highs);
  }

  private static void extend(double[] lows, double[] highs, int point, double low, double high) {
    if (!Double.isNaN(low) && !Double.isNaN(high)) {
      lows[point] = Math.min(lows[point], low);
      highs[point] = Math.max(highs[point], high);
    }
  }

  private Map<String, double[]> histograms(List<HistogramSeries> histograms) {
    DurationQuantiles durations = new DurationQuantiles(histograms);
    List<String> names = List.copyOf(QUANTILES.keySet());
    List<Double> shares = List.copyOf(QUANTILES.values());
    double[][] columns = new double[names.size()][];
    Arrays.setAll(columns, name -> filled(Double.NaN));
    for (int point = 0; point < grid.points(); point++) {
      if (durations.moveTo(grid.after(point), grid.until(point)) > 0) {
        for (int i = 0; i < columns.length; i++) {
          columns[i][point] = durations.seconds(shares.get(i));
        }
      }
    }
    Map<String, double[]> byName = new LinkedHashMap<>();
    for (int i = 0; i < columns.length; i++) {
      byName.put(names.get(i), columns[i]);
    }
    return byName;
  }

  private double[] filled(double value) {
    double[] column = new double[grid.points()];
    Arrays.fill(column, value);
    return column;
  }

  static Map<String, double[]> columns(double[] values) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put(VALUE, values);
    return columns;
  }

  /** Extremes that are the value itself everywhere are left out. */
  static Map<String, double[]> columns(double[] values, double[] lows, double[] highs) {
    Map<String, double[]> columns = columns(values);
    if (!Arrays.equals(values, lows) || !Arrays.equals(values, highs)) {
      columns.put(LOW, lows);
      columns.put(HIGH, highs);
    }
    return columns;
  }
}
