package dev.cascade.scenario;

import dev.cascade.node.MetricInfo;
import dev.cascade.node.MetricInfo.Kind;
import dev.cascade.property.PropertySpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A threshold in k6's syntax, {@code p(95)<0.2}: what a number of the whole measured part of the
 * run must be at its end.
 *
 * @param aggregation {@code p(95)}, {@code avg}, {@code med}, {@code min}, {@code max}, {@code
 *     count}, {@code rate} or {@code value}
 * @param relation {@code <}, {@code <=}, {@code >}, {@code >=}, {@code ==} or {@code !=}
 * @param bound what it is compared with
 */
record Threshold(String aggregation, String relation, BigDecimal bound) {
  private static final Pattern TEXT =
      Pattern.compile(
          "\\s*(avg|med|min|max|count|rate|value|p\\([0-9]{1,2}(?:\\.[0-9]{1,9})?\\)|p\\(100\\))"
              + "\\s*(<=|>=|<|>|===?|!=)\\s*(-?[0-9]{1,15}(?:\\.[0-9]{1,15})?)\\s*");
  private static final Pattern TAG = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*):\"?([^\",}]*)\"?");
  private static final int NANOS_DIGITS = 9;

  /**
   * Reads a threshold.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Threshold parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "The threshold (%s) cannot be read. Maybe p(95)<0.2, avg<0.1 or rate<0.05?"
              .formatted(text));
    }
    String relation = matcher.group(2).equals("===") ? "==" : matcher.group(2);
    return new Threshold(matcher.group(1), relation, new BigDecimal(matcher.group(3)));
  }

  /** The metric of a key: {@code http_reqs} in {@code http_reqs{status:200}}. */
  static String metric(String key) {
    int brace = key.indexOf('{');
    return (brace < 0 ? key : key.substring(0, brace)).strip();
  }

  /**
   * The property that all thresholds of a key make, which bears the key's name. It can only be
   * violated in the last tick, when all has been measured.
   */
  static PropertySpec property(
      String key, MetricInfo metric, List<Threshold> thresholds, Timing timing) {
    long ticks = timing.duration().toNanos() / timing.sampling().toNanos();
    Duration lastTick = timing.sampling().multipliedBy(ticks).minus(timing.sampling().dividedBy(2));
    String conditions =
        thresholds.stream()
            .map(threshold -> threshold.expression(key, metric))
            .collect(Collectors.joining(" && "));
    return PropertySpec.always(
        key, "seconds() < %s || (%s)".formatted(seconds(lastTick), conditions));
  }

  private static String seconds(Duration time) {
    BigDecimal seconds = BigDecimal.valueOf(time.toNanos(), NANOS_DIGITS).stripTrailingZeros();
    return seconds.setScale(Math.max(1, seconds.scale())).toPlainString();
  }

  /** The comparison, in the language of properties. */
  private String expression(String key, MetricInfo metric) {
    // k6 writes tags as tag:value, Prometheus as tag="value"; both are understood.
    String selector = "'" + TAG.matcher(key).replaceAll("$1=\"$2\"") + "'";
    return "%s %s %s".formatted(aggregated(metric, selector), relation, decimal());
  }

  private String decimal() {
    return bound.setScale(Math.max(1, bound.scale())).toPlainString();
  }

  private String aggregated(MetricInfo metric, String selector) {
    if (aggregation.startsWith("p(")) {
      String percent = aggregation.substring(2, aggregation.length() - 1);
      return ofHistogram(
          metric, "quantile(%s, %s)".formatted(new BigDecimal(percent).movePointLeft(2), selector));
    }
    return switch (aggregation) {
      case "avg" -> ofHistogram(metric, "mean(" + selector + ")");
      case "med" -> ofHistogram(metric, "quantile(0.5, " + selector + ")");
      case "min" -> ofHistogram(metric, "quantile(0.0, " + selector + ")");
      case "max" -> ofHistogram(metric, "quantile(1.0, " + selector + ")");
      case "count" ->
          metric.kind() == Kind.COUNTER
              ? "sum(total(" + selector + "))"
              : ofHistogram(metric, "count(" + selector + ")");
      case "rate" -> of(Kind.COUNTER, metric, "sum(rate(" + selector + "))");
      default -> of(Kind.GAUGE, metric, "sum(gauge(" + selector + "))");
    };
  }

  private String ofHistogram(MetricInfo metric, String expression) {
    return of(Kind.HISTOGRAM, metric, expression);
  }

  private String of(Kind kind, MetricInfo metric, String expression) {
    if (metric.kind() != kind) {
      throw new IllegalArgumentException(
          "The threshold's %s needs a %s, and the metric (%s) is a %s. Maybe %s?"
              .formatted(
                  aggregation, word(kind), metric.name(), word(metric.kind()), usual(metric)));
    }
    return expression;
  }

  private static String word(Kind kind) {
    return RecordShape.word(kind);
  }

  private static String usual(MetricInfo metric) {
    return switch (metric.kind()) {
      case COUNTER -> "rate or count";
      case GAUGE -> "value";
      case HISTOGRAM -> "p(95), avg or count";
    };
  }
}
