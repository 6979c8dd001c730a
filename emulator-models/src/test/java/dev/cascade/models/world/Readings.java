package dev.cascade.models.world;

import dev.cascade.node.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What one host's processes measured, by name and labels as Prometheus writes them: {@code
 * requests_total{path="/"}}.
 */
final class Readings implements Metrics {
  final TreeMap<String, long[]> counters = new TreeMap<>();
  final TreeMap<String, double[]> gauges = new TreeMap<>();
  final TreeMap<String, List<Long>> histograms = new TreeMap<>();

  @Override
  public Counter counter(String name, String... labels) {
    long[] cell = counters.computeIfAbsent(series(name, labels), key -> new long[1]);
    return amount -> cell[0] += amount;
  }

  @Override
  public Gauge gauge(String name, String... labels) {
    double[] cell = gauges.computeIfAbsent(series(name, labels), key -> new double[1]);
    return new Gauge() {
      @Override
      public void set(double value) {
        cell[0] = value;
      }

      @Override
      public void add(double amount) {
        cell[0] += amount;
      }
    };
  }

  @Override
  public Histogram histogram(String name, String... labels) {
    return histograms.computeIfAbsent(series(name, labels), key -> new ArrayList<>())::add;
  }

  private static String series(String name, String... labels) {
    TreeMap<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      sorted.put(labels[i], labels[i + 1]);
    }
    List<String> pairs = new ArrayList<>();
    sorted.forEach((key, value) -> pairs.add(key + "=\"" + value + "\""));
    return name + "{" + String.join(",", pairs) + "}";
  }
}
