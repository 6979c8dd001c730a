package dev.cascade.metrics;

import dev.cascade.metrics.Instrument.CounterCell;
import dev.cascade.metrics.Instrument.GaugeCell;
import dev.cascade.metrics.Instrument.HistogramCell;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * All instruments of one shard, used by its thread alone. It holds what happened since the last
 * tick, and {@link SeriesStore#tick} takes that away.
 */
public final class MetricRegistry {
  /** The label that tells one host's gauge from another's. */
  static final String HOST = "host";

  private final Map<SeriesKey, Instrument> instruments = new HashMap<>();
  private final Map<String, Instrument> firstOfName = new HashMap<>();
  private final List<Instrument> touched = new ArrayList<>();

  /** The instruments of one process of a host; {@link HostMetrics#end} them when it stops. */
  public HostMetrics forHost(String host) {
    return new HostMetrics(this, host);
  }

  /** What was touched since the last tick. */
  List<Instrument> touched() {
    return touched;
  }

  /** Starts a new tick. */
  void drained() {
    for (Instrument instrument : touched) {
      instrument.drained();
    }
    touched.clear();
  }

  Metrics.Counter counter(SeriesKey key) {
    return (CounterCell) find(key, MetricInfo.Kind.COUNTER, CounterCell::new);
  }

  Metrics.Histogram histogram(SeriesKey key) {
    if (key.label("le") != null) {
      throw new IllegalArgumentException(
          "The histogram %s must not have the label (le): OpenMetrics keeps it for bounds."
              .formatted(key));
    }
    return (HistogramCell) find(key, MetricInfo.Kind.HISTOGRAM, HistogramCell::new);
  }

  GaugeCell gauge(String name, String host, String... labels) {
    for (int i = 0; i < labels.length; i += 2) {
      if (labels[i].equals(HOST)) {
        throw new IllegalArgumentException(
            "The gauge %s must not set the label (host): every gauge has its own host there. Maybe call it node."
                .formatted(name));
      }
    }
    String[] withHost = Arrays.copyOf(labels, labels.length + 2);
    withHost[labels.length] = HOST;
    withHost[labels.length + 1] = host;
    return (GaugeCell) find(SeriesKey.of(name, withHost), MetricInfo.Kind.GAUGE, GaugeCell::new);
  }

  private Instrument find(
      SeriesKey key,
      MetricInfo.Kind kind,
      BiFunction<SeriesKey, List<Instrument>, Instrument> create) {
    Instrument known = instruments.get(key);
    if (known != null && known.kind() == kind) {
      return known;
    }
    Instrument first = firstOfName.get(key.name());
    if (first != null) {
      checkSameFamily(first.key, first.kind(), key, kind);
    }
    Instrument created = create.apply(key, touched);
    instruments.put(key, created);
    firstOfName.putIfAbsent(key.name(), created);
    return created;
  }

  /** One name is one kind of thing with one set of label keys. */
  static void checkSameFamily(
      SeriesKey known, MetricInfo.Kind knownKind, SeriesKey key, MetricInfo.Kind kind) {
    if (knownKind != kind || !known.hasKeysOf(key)) {
      throw new IllegalArgumentException(
          "The %s %s clashes with the %s %s: one name has one kind and one set of label keys. Maybe give it another name."
              .formatted(word(kind), key, word(knownKind), known));
    }
  }

  private static String word(MetricInfo.Kind kind) {
    return switch (kind) {
      case COUNTER -> "counter";
      case GAUGE -> "gauge";
      case HISTOGRAM -> "histogram";
    };
  }
}
