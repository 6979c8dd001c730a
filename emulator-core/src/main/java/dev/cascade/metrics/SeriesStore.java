package dev.cascade.metrics;

import dev.cascade.node.MetricInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The history of all series of a run, over all shards. It is the same however the hosts are spread:
 * longs are added, and a gauge comes from one host. A tick costs what changed in it, and so does
 * the memory.
 *
 * <p>Tick i covers what happened after tick i - 1, up to and at its own time; tick -1 is the start
 * of the run.
 */
public final class SeriesStore {
  private final TreeMap<String, TreeMap<SeriesKey, Series>> families = new TreeMap<>();
  private final LongColumn times = new LongColumn();
  private final List<Series> touched = new ArrayList<>();

  /**
   * Takes what all shards saw since the last tick. They must be at rest.
   *
   * @param timeNanos virtual time, after that of the last tick
   */
  public void tick(long timeNanos, List<MetricRegistry> shards) {
    int tick = startTick(timeNanos);
    for (MetricRegistry shard : shards) {
      for (Instrument instrument : shard.touched()) {
        Series series = seriesOf(instrument);
        series.gather(instrument);
        touched.add(series);
      }
    }
    // A series that several shards touched is in the list more than once; only its first commit
    // finds something.
    for (Series series : touched) {
      series.commit(tick);
    }
    touched.clear();
    for (MetricRegistry shard : shards) {
      shard.drained();
    }
  }

  int startTick(long timeNanos) {
    if (timeNanos < 0 || (ticks() > 0 && timeNanos <= times.last())) {
      throw new IllegalArgumentException(
          "The tick at (%d ns) must come after the last one (%d ns)."
              .formatted(timeNanos, times.last()));
    }
    times.add(timeNanos);
    return ticks() - 1;
  }

  private Series seriesOf(Instrument instrument) {
    Series known = instrument.series;
    if (known == null) {
      known = create(instrument.key, instrument.kind());
      instrument.series = known;
    }
    return known;
  }

  Series create(SeriesKey key, MetricInfo.Kind kind) {
    Map<SeriesKey, Series> family = families.computeIfAbsent(key.name(), name -> new TreeMap<>());
    Series present = family.isEmpty() ? null : family.values().iterator().next();
    if (present != null) {
      MetricRegistry.checkSameFamily(present.key(), present.kind(), key, kind);
    }
    return family.computeIfAbsent(
        key,
        missing ->
            switch (kind) {
              case COUNTER -> new CounterSeries(missing);
              case GAUGE -> new GaugeSeries(missing);
              case HISTOGRAM -> new HistogramSeries(missing);
            });
  }

  /** How many ticks there are. */
  public int ticks() {
    return times.size();
  }

  /** The virtual time of a tick; 0 for tick -1. */
  public long timeNanos(int tick) {
    return tick < 0 ? 0 : times.get(tick);
  }

  /** The last tick at or before a time, or -1. */
  public int tickAtOrBefore(long timeNanos) {
    return times.lastAtOrBefore(timeNanos);
  }

  /** All series, by name, then labels. */
  public List<Series> series() {
    List<Series> all = new ArrayList<>();
    families.values().forEach(family -> all.addAll(family.values()));
    return Collections.unmodifiableList(all);
  }

  /** The series of one metric, by labels. */
  Collection<Series> family(String name) {
    Map<SeriesKey, Series> family = families.get(name);
    return family == null ? List.of() : family.values();
  }

  /** How many series a metric has. */
  int familySize(String name) {
    return family(name).size();
  }

  /** The names of all metrics, sorted. */
  public Collection<String> names() {
    return Collections.unmodifiableSet(families.keySet());
  }

  /**
   * What is wrong with the declarations of the metrics that were recorded: a sentence for each that
   * is missing, or has another kind or other labels. Expressions are checked against declarations,
   * so that what is recorded otherwise could not be asked for.
   */
  public List<String> misdeclared(Collection<MetricInfo> declared) {
    List<String> complaints = new ArrayList<>();
    for (TreeMap<SeriesKey, Series> family : families.values()) {
      Series first = family.firstEntry().getValue();
      boolean known = declared.stream().anyMatch(info -> describes(info, first));
      if (!known) {
        complaints.add(
            "The metric %s was recorded as %s, and is not declared so. Maybe add it to its model's metrics."
                .formatted(first.key(), first.kind()));
      }
    }
    return complaints;
  }

  private static boolean describes(MetricInfo info, Series series) {
    TreeSet<String> labels = new TreeSet<>(info.labels());
    if (info.kind() == MetricInfo.Kind.GAUGE) {
      labels.add(MetricRegistry.HOST);
    }
    return info.name().equals(series.key().name())
        && info.kind() == series.kind()
        && labels.equals(new TreeSet<>(series.key().labelKeys()));
  }

  /** The series of a key, or null. */
  public @Nullable Series find(SeriesKey key) {
    Map<SeriesKey, Series> family = families.get(key.name());
    return family == null ? null : family.get(key);
  }
}
