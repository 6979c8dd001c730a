package dev.cascade.cli;

import dev.cascade.cli.report.Amounts;
import dev.cascade.cli.report.ComparePage;
import dev.cascade.property.ClopperPearson;
import dev.cascade.property.Conclusion;
import dev.cascade.property.Conclusion.Match;
import dev.cascade.property.Result;
import dev.cascade.run.PropertyVerdict;
import dev.cascade.run.RunResult;
import dev.cascade.scenario.Scenario;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Variants side by side: for each property what became of it in each variant, over all seeds, and
 * whether that was expected; for each measurement its mean and its extremes. One block for each, so
 * that it fits a terminal however many variants there are.
 */
final class Comparison {
  /** As sure as {@code expect} is of a rate, if it does not say. */
  private static final double CONFIDENCE = 0.95;

  private final Map<String, List<RunResult>> runs;
  private final TimelineText timeline;

  /** Of the runs of each variant, as many of each. */
  Comparison(Map<String, List<RunResult>> runs) {
    this.runs = runs;
    this.timeline = TimelineText.of(runs.getOrDefault(Scenario.BASE, List.of()));
  }

  /** The names of all properties, in the order of the scenario. */
  Set<String> properties() {
    return all()
        .flatMap(result -> result.findings().properties().stream())
        .map(PropertyVerdict::name)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What all runs of the base say of each entry of the timeline that is scored. */
  List<Conclusion> timeline() {
    return timeline.conclusions();
  }

  private Set<String> measurements() {
    return all()
        .flatMap(result -> result.findings().measurements().keySet().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private java.util.stream.Stream<RunResult> all() {
    return runs.values().stream().flatMap(Collection::stream);
  }

  void print(Paint paint, String seeds, PrintWriter out) {
    if (!properties().isEmpty()) {
      out.println("  " + paint.bold("PROPERTIES") + "  (" + seeds + ")");
    }
    for (String property : properties()) {
      out.println("    " + property);
      out.print(property(property, paint).text("      "));
      out.println();
    }
    if (!timeline.isEmpty()) {
      out.println("  %s  (base, %s)".formatted(timeline.heading(paint), seeds));
      out.println(timeline.table(paint).text("    "));
    }
    if (!measurements().isEmpty()) {
      out.println("  " + paint.bold("MEASUREMENTS") + "  (" + seeds + ")");
    }
    for (String measurement : measurements()) {
      out.println("    " + measurement);
      out.print(measurement(measurement).text("      "));
      out.println();
    }
    reasons(paint, out);
  }

  private Table property(String property, Paint paint) {
    Table table = new Table();
    table.row("", "", "result", several() ? "violated in (95 %)" : "", "expected", "measured");
    runs.forEach(
        (variant, results) -> {
          Conclusion conclusion = conclusion(property, results);
          List<String> cells = cells(property, results, Figures::of);
          table.row(
              conclusion == null ? "-" : paint.mark(conclusion.match()),
              variant,
              cells.get(0),
              cells.get(1),
              cells.get(2),
              cells.get(3));
        });
    return table;
  }

  private boolean several() {
    return runs.values().stream().anyMatch(results -> results.size() > 1);
  }

  /** Result, share of all runs, what was expected, what was measured. */
  private List<String> cells(
      String property, List<RunResult> results, DoubleFunction<String> figure) {
    List<Result> verdicts = verdicts(property, results);
    return verdicts.isEmpty()
        ? List.of("is no property of it", "", "", "")
        : List.of(
            outcome(verdicts),
            several() ? share(verdicts) : "",
            expected(property, results),
            measured(property, results, figure));
  }

  /** The properties, for a page. */
  List<ComparePage.Block> propertyBlocks() {
    List<String> headings =
        List.of("result", several() ? "violated in (95 %)" : "", "expected", "measured");
    List<ComparePage.Block> blocks = new ArrayList<>();
    for (String property : properties()) {
      List<ComparePage.Row> rows = new ArrayList<>();
      runs.forEach(
          (variant, results) -> {
            Conclusion conclusion = conclusion(property, results);
            String match = conclusion == null ? "" : conclusion.match().word();
            rows.add(
                new ComparePage.Row(
                    variant, match, cells(property, results, inUnit(property, results))));
          });
      blocks.add(new ComparePage.Block(property, headings, rows));
    }
    return blocks;
  }

  /** Numbers that a property judges, in their unit. */
  private static DoubleFunction<String> inUnit(String property, List<RunResult> results) {
    String expression =
        found(property, results).stream()
            .findFirst()
            .map(found -> found.spec().expression())
            .orElse("");
    return value -> Amounts.ofExpression(expression, value);
  }

  /** The measurements, for a page. */
  List<ComparePage.Block> measurementBlocks() {
    List<ComparePage.Block> blocks = new ArrayList<>();
    for (String measurement : measurements()) {
      List<ComparePage.Row> rows = new ArrayList<>();
      runs.forEach(
          (variant, results) ->
              rows.add(
                  new ComparePage.Row(
                      variant,
                      "",
                      numbers(
                          measurement,
                          results,
                          value -> Amounts.ofMeasurement(measurement, value)))));
      List<String> headings = List.of(several() ? "mean" : "value", several() ? "extremes" : "");
      blocks.add(new ComparePage.Block(measurement, headings, rows));
    }
    return blocks;
  }

  /** What became of it, in few words. */
  private static String outcome(List<Result> verdicts) {
    if (verdicts.size() == 1) {
      return verdicts.get(0).word();
    }
    int violated = Collections.frequency(verdicts, Result.VIOLATED);
    int unknown = Collections.frequency(verdicts, Result.UNKNOWN);
    if (violated + unknown == 0) {
      return "holds %d/%d".formatted(verdicts.size(), verdicts.size());
    }
    List<String> words = new ArrayList<>();
    if (violated > 0) {
      words.add("violated %d/%d".formatted(violated, verdicts.size()));
    }
    if (unknown > 0) {
      words.add("unknown %d/%d".formatted(unknown, verdicts.size()));
    }
    return String.join(", ", words);
  }

  /** In which share of all runs it is violated, as far as these tell. */
  private static String share(List<Result> verdicts) {
    int violated = Collections.frequency(verdicts, Result.VIOLATED);
    int unknown = Collections.frequency(verdicts, Result.UNKNOWN);
    double miss = (1 - CONFIDENCE) / 2;
    double low = ClopperPearson.of(violated, verdicts.size(), miss, miss).low();
    double high = ClopperPearson.of(violated + unknown, verdicts.size(), miss, miss).high();
    return "%s to %s".formatted(Figures.brief(low), Figures.brief(high));
  }

  private static String expected(String property, List<RunResult> results) {
    return found(property, results).stream()
        .findFirst()
        .map(found -> found.expected().toString())
        .orElse("");
  }

  private static String measured(
      String property, List<RunResult> results, DoubleFunction<String> figure) {
    List<Double> numbers =
        found(property, results).stream()
            .map(found -> found.result().measured())
            .filter(Objects::nonNull)
            .sorted()
            .toList();
    return numbers.isEmpty() ? "" : range(numbers, figure);
  }

  private static String range(List<Double> sorted, DoubleFunction<String> figure) {
    String least = figure.apply(sorted.get(0));
    String most = figure.apply(sorted.get(sorted.size() - 1));
    return least.equals(most) ? least : least + " to " + most;
  }

  private Table measurement(String measurement) {
    Table table = new Table();
    runs.forEach(
        (variant, results) -> {
          List<String> cells = numbers(measurement, results, Figures::of);
          table.row("", variant, cells.get(0), cells.get(1));
        });
    return table;
  }

  /** Mean and extremes. */
  private static List<String> numbers(
      String measurement, List<RunResult> results, DoubleFunction<String> figure) {
    List<Double> numbers =
        results.stream()
            .map(result -> result.findings().measurements().get(measurement))
            .filter(Objects::nonNull)
            .sorted()
            .toList();
    if (numbers.isEmpty()) {
      return List.of("no data", "");
    }
    double mean = numbers.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    String without =
        numbers.size() < results.size() ? ", no data in " + (results.size() - numbers.size()) : "";
    String extremes = numbers.size() > 1 ? "(" + range(numbers, figure) + without + ")" : without;
    return List.of(figure.apply(mean), extremes);
  }

  /** What all seeds of a variant say of what was expected; null if it lacks the property. */
  static @Nullable Conclusion conclusion(String property, List<RunResult> results) {
    List<PropertyVerdict> found = found(property, results);
    return found.isEmpty() ? null : found.get(0).expected().judge(verdicts(property, results));
  }

  private static List<Result> verdicts(String property, List<RunResult> results) {
    return found(property, results).stream().map(verdict -> verdict.result().result()).toList();
  }

  static List<PropertyVerdict> found(String property, List<RunResult> results) {
    return results.stream()
        .flatMap(result -> result.findings().properties().stream())
        .filter(verdict -> verdict.name().equals(property))
        .toList();
  }

  private void reasons(Paint paint, PrintWriter out) {
    List<String> lines = new ArrayList<>();
    for (String property : properties()) {
      runs.forEach(
          (variant, results) -> {
            Conclusion conclusion = conclusion(property, results);
            if (conclusion != null && conclusion.match() != Match.MET) {
              lines.add(
                  "    %s %s, %s: %s"
                      .formatted(
                          paint.mark(conclusion.match()),
                          variant,
                          property,
                          conclusion.reasoning()));
            }
          });
    }
    timeline.reasons(paint, Scenario.BASE).forEach(reason -> lines.add("    " + reason));
    lines.forEach(out::println);
    if (!lines.isEmpty()) {
      out.println();
    }
  }
}
