package dev.cascade.scenario;

import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.property.Vocabulary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The models that scenarios can name. */
public final class ModelCatalog {
  private final SortedMap<String, Model<?>> models;
  private final List<MetricInfo> metrics;
  private final List<EventInfo> events;

  private ModelCatalog(
      SortedMap<String, Model<?>> models, List<MetricInfo> metrics, List<EventInfo> events) {
    this.models = Collections.unmodifiableSortedMap(models);
    this.metrics = List.copyOf(metrics);
    this.events = List.copyOf(events);
  }

  /** All models on the class path. */
  public static ModelCatalog load() {
    List<Model<?>> models = new ArrayList<>();
    for (Model<?> model : ServiceLoader.load(Model.class)) {
      models.add(model);
    }
    return of(models);
  }

  /**
   * These models.
   *
   * @throws IllegalArgumentException if two have one name
   */
  public static ModelCatalog of(Collection<? extends Model<?>> models) {
    SortedMap<String, Model<?>> byName = new TreeMap<>();
    for (Model<?> model : models) {
      Model<?> other = byName.put(model.name(), model);
      if (other != null) {
        throw new IllegalArgumentException(
            "Two models have the name ("
                + model.name()
                + "): "
                + other.getClass().getName()
                + " and "
                + model.getClass().getName()
                + ". Maybe the same jar twice?");
      }
    }
    return new ModelCatalog(byName, List.of(), List.of());
  }

  /** The model of a name. */
  public Optional<Model<?>> find(String name) {
    return Optional.ofNullable(models.get(name));
  }

  /** The names of all models. */
  public Collection<String> names() {
    return models.keySet();
  }

  /** All models by their names, in order. */
  public Map<String, Model<?>> models() {
    return models;
  }

  /** The metrics of the engine and of all models, by name. */
  List<MetricInfo> allMetrics() {
    TreeMap<String, MetricInfo> byName = new TreeMap<>();
    metrics.forEach(info -> byName.put(info.name(), info));
    for (Model<?> model : models.values()) {
      model.metrics().forEach(info -> byName.putIfAbsent(info.name(), info));
    }
    return List.copyOf(byName.values());
  }

  /** The same models, and what the engine measures and records whatever models there are. */
  public ModelCatalog withBuiltIns(List<MetricInfo> newMetrics, List<EventInfo> newEvents) {
    return new ModelCatalog(models, newMetrics, newEvents);
  }

  /**
   * What the expressions of a scenario may name: what the engine and its models declare, and its
   * steps, each of which is an event of its name.
   *
   * @throws IllegalArgumentException if two of its models declare a metric differently
   */
  public Vocabulary vocabulary(Scenario scenario) {
    List<Model<?>> used = new ArrayList<>();
    scenario.topology().forEach(entry -> used.add(entry.model()));
    used.addAll(scenario.switchedOff().models());
    List<String> steps = new ArrayList<>(scenario.switchedOff().steps());
    scenario.method().forEach(step -> steps.add(step.name()));
    scenario.rollbacks().forEach(step -> steps.add(step.name()));
    return vocabulary(used, steps);
  }

  /** What is known already, and what else any model declares. */
  Vocabulary widened(Vocabulary words) {
    Vocabulary wider = words;
    for (Model<?> model : models.values()) {
      wider = wider.or(model.metrics(), model.events());
    }
    return wider;
  }

  /** What these models and the engine declare, and an event for each step. */
  Vocabulary vocabulary(Collection<? extends Model<?>> used, Collection<String> steps) {
    List<MetricInfo> allMetrics = new ArrayList<>(metrics);
    List<EventInfo> allEvents = new ArrayList<>(events);
    for (Model<?> model : used) {
      allMetrics.addAll(model.metrics());
      allEvents.addAll(model.events());
    }
    for (String step : steps) {
      allEvents.add(new EventInfo(step, List.of(), "The step was done."));
    }
    return new Vocabulary(allMetrics, allEvents);
  }
}
