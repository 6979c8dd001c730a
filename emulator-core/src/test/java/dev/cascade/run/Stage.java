package dev.cascade.run;

import dev.cascade.metrics.Readings;
import dev.cascade.property.Expression;
import dev.cascade.scenario.ModelCatalog;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.ScenarioFile;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import java.util.List;

/**
 * Four hosts {@code a-1} to {@code a-4} and one host {@code b-1} that talk with each other for a
 * minute, 1 ms apart; what else a test says of them is added to their scenario file.
 */
final class Stage {
  static final ModelCatalog CATALOG =
      ModelCatalog.of(List.of(new Chatter())).withBuiltIns(Words.ENGINE_METRICS, List.of());

  private static final String FILE =
      """
      apiVersion: cascade/v1alpha1
      kind: Scenario
      metadata: {name: stage}
      spec:
        seed: 3
        duration: 60s
        configuration: {peers: b}
        network: {default: {latency: 1ms}}
        topology:
          - {name: a, model: chatter, replicas: 4, zones: [x, y], labels: {tier: web}, config: {peers: $(peers)}}
          - {name: b, model: chatter, zones: [z], config: {peers: a}}
      """;

  private Stage() {}

  /** The scenario file with more sections, each indented as at the margin. */
  static ScenarioFile file(String... sections) {
    String more = String.join("\n", sections).indent(2);
    return read(FILE + more);
  }

  static ScenarioFile read(String text) {
    return new ScenarioReader(CATALOG).read(new ScenarioSource("stage.yaml", text), Overrides.NONE);
  }

  /** Runs it with these steps. */
  static RunResult method(String... steps) {
    StringBuilder method = new StringBuilder("method:\n");
    for (String step : steps) {
      method.append("  - {").append(step).append("}\n");
    }
    return run(file(method.toString()));
  }

  static RunResult run(ScenarioFile file, String... mitigations) {
    return Emulation.of(file, List.of(mitigations), file.scenario().timing().seed()).run();
  }

  /** What an expression is at a tick; 0 where there is no data. */
  static double at(RunResult result, int second, String expression) {
    Readings readings = new Readings(result.recording().series(), 0);
    Double value =
        Expression.number(expression, Words.vocabulary(result.scenario()))
            .measure(readings, readings.store().tickAtOrBefore(second * 1_000_000_000L));
    return value == null ? 0 : value;
  }

  /** Pings per second from one to another in the two seconds before a time. */
  static double pings(RunResult result, int second, String from, String to) {
    return at(
        result,
        second,
        "sum(rate('pings_total{from=~\"%s\",to=~\"%s\"}', '2s'))".formatted(from, to));
  }

  /** Requests per second that ended so in the two seconds before a time. */
  static double calls(RunResult result, int second, String from, String outcome) {
    return at(
        result,
        second,
        "sum(rate('calls_total{from=~\"%s\",outcome=\"%s\"}', '2s'))".formatted(from, outcome));
  }
}
