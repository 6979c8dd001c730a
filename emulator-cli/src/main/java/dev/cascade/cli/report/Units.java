package dev.cascade.cli.report;

import dev.cascade.metrics.Series;
import dev.cascade.node.MetricInfo;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The units of metrics, which Prometheus's names end in. */
final class Units {
  private static final Pattern GAUGE = Pattern.compile("gauge\\(\\s*['\"](\\w+)");

  private static final Pattern DURATION = Pattern.compile("(?<!per)_seconds(_|$)");

  static final String SECONDS = "s";
  static final String BYTES = "B";
  static final String RATIO = "ratio";
  static final String PER_SECOND = "/s";

  private Units() {}

  /** The unit of what is drawn of a series. */
  static String of(Series series) {
    String name = series.key().name();
    if (series.kind() == MetricInfo.Kind.HISTOGRAM) {
      return SECONDS;
    }
    if (series.kind() == MetricInfo.Kind.COUNTER) {
      String counted = name.endsWith("_total") ? name.substring(0, name.length() - 6) : name;
      String unit = ofName(counted);
      return unit.equals(RATIO) ? PER_SECOND : unit + PER_SECOND;
    }
    return ofName(name);
  }

  private static String ofName(String name) {
    if (name.endsWith("_seconds")) {
      return SECONDS;
    } else if (name.endsWith("_bytes")) {
      return BYTES;
    }
    return name.endsWith("_ratio") ? RATIO : "";
  }

  /** The unit of a measurement, which its name ends in; empty if it says none. */
  static String ofMeasurement(String name) {
    if (DURATION.matcher(name).find()) {
      return SECONDS;
    }
    return name.endsWith("_per_second") ? PER_SECOND : ofName(name);
  }

  /** The unit of an expression's number, as far as its functions tell. */
  static String ofExpression(String expression) {
    if (expression.contains("quantile(") || expression.contains("mean(")) {
      return SECONDS;
    } else if (expression.contains("ratio(")) {
      return RATIO;
    }
    Matcher gauge = GAUGE.matcher(expression);
    if (gauge.find()) {
      return ofName(gauge.group(1));
    }
    return expression.contains("rate(") ? PER_SECOND : "";
  }
}
