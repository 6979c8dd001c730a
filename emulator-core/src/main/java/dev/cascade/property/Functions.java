package dev.cascade.property;

import java.util.List;

/** What expressions can call, for people. */
public final class Functions {
  /** The functions, in the order in which one learns them. */
  public static final List<Function> ALL =
      List.of(
          new Function("gauge", "gauge('selector')", "The value of a gauge."),
          new Function(
              "rate", "rate('selector'[, '10s'])", "How much a counter grows in a second."),
          new Function(
              "increase", "increase('selector', '10s')", "How much a counter grew in a window."),
          new Function(
              "total", "total('selector')", "A counter since the beginning of the measured part."),
          new Function(
              "ratio",
              "ratio('part', 'whole'[, '10s'])",
              "One counter's growth as a share of another's, 0 to 1."),
          new Function(
              "quantile",
              "quantile(0.95, 'selector'[, '10s'])",
              "A quantile of a histogram, in seconds."),
          new Function("mean", "mean('selector'[, '10s'])", "A histogram's mean, in seconds."),
          new Function(
              "count",
              "count('selector'[, '10s']), count(gauge('selector'))",
              "How many values a histogram took in; how many series of a gauge there are."),
          new Function(
              "sum", "sum(gauge('selector'))", "Adds several series of gauges or counters."),
          new Function("avg", "avg(gauge('selector'))", "The mean of several series."),
          new Function(
              "min", "min(gauge('selector')), min(a, b)", "The least of several series or of two."),
          new Function(
              "max",
              "max(gauge('selector')), max(a, b)",
              "The greatest of several series or of two."),
          new Function("orElse", "orElse(a, b)", "b where a has no data."),
          new Function(
              "event",
              "event('name'[, 'field', 'value'])",
              "Whether an event happened, a step of the method included."),
          new Function("seconds", "seconds()", "Emulated time since the start."));

  private Functions() {}

  /**
   * A function.
   *
   * @param name as in expressions
   * @param signature how it is called; a window in brackets may be left out, and is then the whole
   *     measured part of the run
   * @param help one sentence
   */
  public record Function(String name, String signature, String help) {}
}
