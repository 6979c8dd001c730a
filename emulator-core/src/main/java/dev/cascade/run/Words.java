package dev.cascade.run;

import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.property.Vocabulary;
import dev.cascade.scenario.MethodStep;
import dev.cascade.scenario.ModelCatalog;
import dev.cascade.scenario.Scenario;
import dev.cascade.scenario.TopologyEntry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The metrics and events of a scenario: those of its models, of the engine, and its own steps. */
public final class Words {
  /** What the engine itself counts. */
  public static final List<MetricInfo> ENGINE_METRICS =
      List.of(
          MetricInfo.counter(
              "messages_dropped_total",
              "Messages that a queue, a link or a dead process dropped.",
              "place",
              "type",
              "reason"));

  private Words() {}

  /** All metrics that a run of the scenario may have, by name. */
  public static List<MetricInfo> metrics(Scenario scenario) {
    Map<String, MetricInfo> metrics = new TreeMap<>();
    ENGINE_METRICS.forEach(info -> metrics.put(info.name(), info));
    for (Model<?> model : models(scenario)) {
      model.metrics().forEach(info -> metrics.putIfAbsent(info.name(), info));
    }
    return List.copyOf(metrics.values());
  }

  /** What expressions may name. */
  public static Vocabulary vocabulary(Scenario scenario) {
    return ModelCatalog.of(List.of()).withBuiltIns(ENGINE_METRICS, List.of()).vocabulary(scenario);
  }

  /** The steps of the method, and those that put things right again. */
  static List<MethodStep> steps(Scenario scenario) {
    return Stream.concat(scenario.method().stream(), scenario.rollbacks().stream()).toList();
  }

  private static List<Model<?>> models(Scenario scenario) {
    Map<String, Model<?>> models = new TreeMap<>();
    for (TopologyEntry<?> entry : scenario.topology()) {
      models.put(entry.model().name(), entry.model());
    }
    return List.copyOf(models.values());
  }
}
