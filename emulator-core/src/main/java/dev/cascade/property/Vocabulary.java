package dev.cascade.property;

import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The metrics and events that expressions may name: what the engine and the run's models declare.
 */
public final class Vocabulary {
  /** The label of every gauge, and what every event knows beside its fields. */
  static final String HOST = "host";

  private final TreeMap<String, MetricInfo> metrics = new TreeMap<>();
  private final TreeMap<String, EventInfo> events = new TreeMap<>();

  /**
   * All that is declared. The same name may be declared again, with the same kind and labels.
   *
   * @throws IllegalArgumentException if two declarations of a metric differ
   */
  public Vocabulary(Collection<MetricInfo> metrics, Collection<EventInfo> events) {
    for (MetricInfo info : metrics) {
      MetricInfo present = this.metrics.putIfAbsent(info.name(), info);
      if (present != null && !alike(present, info)) {
        throw new IllegalArgumentException(
            "The metric %s is declared as %s with labels %s and as %s with labels %s. Maybe give one another name."
                .formatted(
                    info.name(), present.kind(), present.labels(), info.kind(), info.labels()));
      }
    }
    for (EventInfo info : events) {
      EventInfo present = this.events.get(info.name());
      this.events.put(info.name(), present == null ? info : joined(present, info));
    }
  }

  /** These, and those of others whose names are not taken. */
  public Vocabulary or(Collection<MetricInfo> moreMetrics, Collection<EventInfo> moreEvents) {
    Vocabulary both = new Vocabulary(metrics.values(), events.values());
    moreMetrics.forEach(info -> both.metrics.putIfAbsent(info.name(), info));
    moreEvents.forEach(info -> both.events.putIfAbsent(info.name(), info));
    return both;
  }

  private static boolean alike(MetricInfo one, MetricInfo other) {
    return one.kind() == other.kind()
        && new TreeSet<>(one.labels()).equals(new TreeSet<>(other.labels()));
  }

  /** Two models may tell of the same event, each what it knows. */
  private static EventInfo joined(EventInfo one, EventInfo other) {
    TreeSet<String> fields = new TreeSet<>(one.fields());
    fields.addAll(other.fields());
    return new EventInfo(one.name(), List.copyOf(fields), one.help());
  }

  /** What is declared of a metric; null if nothing is. */
  public @Nullable MetricInfo metric(String name) {
    return metrics.get(name);
  }

  @Nullable EventInfo event(String name) {
    return events.get(name);
  }

  /** The names of all metrics, sorted. */
  public Set<String> metricNames() {
    return Collections.unmodifiableSet(metrics.keySet());
  }

  /** The names of all events, sorted. */
  public Set<String> eventNames() {
    return Collections.unmodifiableSet(events.keySet());
  }

  /** The labels that a selector of this metric may name, sorted. */
  Set<String> labels(MetricInfo metric) {
    TreeSet<String> labels = new TreeSet<>(metric.labels());
    if (metric.kind() == MetricInfo.Kind.GAUGE) {
      labels.add(HOST);
    }
    return labels;
  }

  /** The fields that {@code event} may name, sorted. */
  Set<String> fields(EventInfo event) {
    TreeSet<String> fields = new TreeSet<>(event.fields());
    fields.add(HOST);
    return fields;
  }
}
