package dev.cascade.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** What became of a property, in words, from {@code results.json}. */
final class Outcomes {
  private static final String NOTHING = "–";

  private Outcomes() {}

  /** In one phrase. */
  static String said(JsonNode property) {
    String first = first(property);
    return first.equals(NOTHING)
        ? property.path("result").asText()
        : "%s, first at %s".formatted(property.path("result").asText(), first);
  }

  /** The result, and how long it took where that was asked. */
  static String result(JsonNode property) {
    String result = property.path("result").asText();
    JsonNode slowest = property.path("slowestResponse");
    return result.equals("holds") && slowest.isNumber()
        ? "holds, after " + Amounts.span(slowest.decimalValue())
        : result;
  }

  /** A word, or how often. */
  static String expected(JsonNode property) {
    JsonNode expected = property.path("expected");
    if (!expected.isObject()) {
      return expected.asText();
    }
    JsonNode rate = expected.path("violatedIn");
    return "violated in %s to %s of all runs".formatted(number(rate.path(0)), number(rate.path(1)));
  }

  /** The worst that was measured, in the unit that its expression has. */
  static String measured(JsonNode property) {
    JsonNode measured = property.path("measured");
    String unit = Units.ofExpression(JudgedCharts.expression(property));
    return measured.isNumber() ? Amounts.of(measured.asDouble(), unit) : NOTHING;
  }

  /** A threshold, what became of it and its number. */
  static String threshold(JsonNode threshold) {
    JsonNode measured = threshold.path("measured");
    String unit =
        switch (threshold.path("measure").asText()) {
          case "seconds" -> Units.SECONDS;
          case "share" -> Units.RATIO;
          default -> "";
        };
    return "%s: %s, %s"
        .formatted(
            threshold.path("threshold").asText(),
            threshold.path("result").asText(),
            measured.isNumber() ? "measured " + Amounts.of(measured.asDouble(), unit) : "no data");
  }

  /** When the first violation began. */
  static String first(JsonNode property) {
    return time(property.path("firstViolation"));
  }

  /** How long the longest violation lasted. */
  static String longest(JsonNode property) {
    JsonNode longest = property.path("longestViolation");
    boolean none = !longest.isNumber() || longest.decimalValue().signum() == 0;
    return none ? NOTHING : Amounts.span(longest.decimalValue());
  }

  private static String time(JsonNode seconds) {
    return seconds.isNumber() ? Amounts.time(seconds.decimalValue()) : NOTHING;
  }

  /** A measurement, whose unit is in its name if it has one. */
  static String measurement(String name, JsonNode number) {
    return number.isNumber()
        ? Amounts.of(number.asDouble(), Units.ofMeasurement(name))
        : number(number);
  }

  /** A number in base units. */
  static String number(JsonNode number) {
    if (!number.isNumber()) {
      return "no data";
    }
    BigDecimal value = number.decimalValue();
    return Amounts.number(value);
  }
}
