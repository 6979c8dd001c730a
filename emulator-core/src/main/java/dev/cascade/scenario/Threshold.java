package dev.cascade.scenario;

import dev.cascade.node.MetricInfo;
import dev.cascade.node.MetricInfo.Kind;
import dev.cascade.property.PropertySpec;
import dev.cascade.property.Vocabulary;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A threshold in k6's syntax, {@code p(95)<500ms}: what a number of the whole measured part of the
 * run must be at its end.
 *
 * @param text as it was written
 * @param aggregation {@code p(95)}, {@code avg}, {@code med}, {@code min}, {@code max}, {@code
 *     count}, {@code rate} or {@code value}
 * @param relation {@code <}, {@code <=}, {@code >}, {@code >=}, {@code ==} or {@code !=}
 * @param bound what it is compared with, in base units: seconds, ratios, per second
 * @param unit the bound's, empty if it has none
 */
record Threshold(String text, String aggregation, String relation, BigDecimal bound, String unit) {
  private static final Pattern TEXT =
      Pattern.compile(
          "\\s*(avg|med|min|max|count|rate|value|p\\([0-9]{1,2}(?:\\.[0-9]{1,9})?\\)|p\\(100\\))"
              + "\\s*(<=|>=|<|>|===?|!=)\\s*(-?[0-9]{1,15}(?:\\.[0-9]{1,15})?)"
              + "\\s*(us|µs|ms|s|m|h|%|/s|)\\s*");
  private static final Pattern TAG = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*):\"?([^\",}]*)\"?");
  private static final int NANOS_DIGITS = 9;
  private static final String PERCENT = "%";
  private static final String PER_SECOND = "/s";
  private static final String FAILED = "_failed";

  /**
   * Reads a threshold.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Threshold parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "The threshold (%s) cannot be read. Maybe p(95)<500ms, avg<0.1 or rate<1%%?"
              .formatted(text));
    }
    String relation = matcher.group(2).equals("===") ? "==" : matcher.group(2);
    String unit = matcher.group(4);
    BigDecimal bound = inBaseUnits(new BigDecimal(matcher.group(3)), unit);
    return new Threshold(text.strip(), matcher.group(1), relation, bound, unit);
  }

  private static BigDecimal inBaseUnits(BigDecimal number, String unit) {
    return switch (unit) {
      case "us", "µs" -> number.movePointLeft(6);
      case "ms" -> number.movePointLeft(3);
      case "m" -> number.multiply(BigDecimal.valueOf(60));
      case "h" -> number.multiply(BigDecimal.valueOf(3600));
      case PERCENT -> number.movePointLeft(2);
      default -> number;
    };
  }

  /** The metric of a key: {@code http_reqs} in {@code http_reqs{status:200}}. */
  static String metric(String key) {
    int brace = key.indexOf('{');
    return (brace < 0 ? key : key.substring(0, brace)).strip();
  }

  /**
   * What all thresholds of a key judge, by the metrics that there are.
   *
   * @throws IllegalArgumentException if one does not fit its metric
   */
  static List<Limit> limits(
      String key, MetricInfo metric, List<Threshold> thresholds, Vocabulary vocabulary) {
    return thresholds.stream().map(threshold -> threshold.limit(key, metric, vocabulary)).toList();
  }

  /**
   * The property that all limits of a key make, which bears the key's name. It can only be violated
   * in the last tick, when all has been measured.
   */
  static PropertySpec property(String key, List<Limit> limits, Timing timing) {
    long ticks = timing.duration().toNanos() / timing.sampling().toNanos();
    Duration lastTick = timing.sampling().multipliedBy(ticks).minus(timing.sampling().dividedBy(2));
    String conditions = limits.stream().map(Limit::condition).collect(Collectors.joining(" && "));
    return PropertySpec.always(
        key, "seconds() < %s || (%s)".formatted(seconds(lastTick), conditions));
  }

  private static String seconds(Duration time) {
    return decimal(BigDecimal.valueOf(time.toNanos(), NANOS_DIGITS));
  }

  private static String decimal(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    return plain.setScale(Math.max(1, plain.scale())).toPlainString();
  }

  /** The comparison, in the language of properties. */
  private Limit limit(String key, MetricInfo metric, Vocabulary vocabulary) {
    // k6 writes tags as tag:value, Prometheus as tag="value"; both are understood.
    String selector = TAG.matcher(key).replaceAll("$1=\"$2\"");
    String whole = aggregation.equals("rate") ? whole(metric, selector, vocabulary) : null;
    checkUnit(metric, whole != null);
    String number =
        whole == null
            ? aggregated(metric, "'" + selector + "'")
            : "ratio('%s', '%s')".formatted(selector, whole);
    return new Limit(
        text, aggregation, number, relation, decimal(bound), measure(metric, whole != null));
  }

  /** What a number is a share of, where it is one: k6's {@code http_req_failed: rate<1%}. */
  private @Nullable String whole(MetricInfo metric, String selector, Vocabulary vocabulary) {
    if (metric.kind() != Kind.COUNTER || unit.equals(PER_SECOND)) {
      return null;
    }
    String total = metric.name().replaceFirst(FAILED + "$", "_total");
    if (!total.equals(metric.name()) && vocabulary.metric(total) != null) {
      return total + selector.substring(metric.name().length());
    }
    if (!unit.equals(PERCENT)) {
      return null;
    }
    if (selector.equals(metric.name())) {
      throw new IllegalArgumentException(
          "The threshold (%s) is a share, and nothing says of what. Maybe name a part of the metric: %s{%s:…}?"
              .formatted(
                  text, metric.name(), metric.labels().stream().findFirst().orElse("label")));
    }
    return metric.name();
  }

  private void checkUnit(MetricInfo metric, boolean share) {
    boolean ofTime =
        isDuration(metric) || (aggregation.equals("value") && metric.name().endsWith("_seconds"));
    boolean fits =
        switch (unit) {
          case "" -> true;
          case PERCENT -> share || aggregation.equals("value");
          case PER_SECOND -> aggregation.equals("rate");
          default -> ofTime;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "The unit (%s) of the threshold (%s) is not that of a %s's %s."
              .formatted(unit, text, RecordShape.word(metric.kind()), aggregation));
    }
  }

  private Limit.Measure measure(MetricInfo metric, boolean share) {
    if (share || unit.equals(PERCENT)) {
      return Limit.Measure.SHARE;
    }
    boolean unitOfTime = !unit.isEmpty() && !unit.equals(PER_SECOND);
    return isDuration(metric) || unitOfTime ? Limit.Measure.SECONDS : Limit.Measure.NUMBER;
  }

  private boolean isDuration(MetricInfo metric) {
    return metric.kind() == Kind.HISTOGRAM && !aggregation.equals("count");
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
