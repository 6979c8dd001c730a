package dev.cascade.cli.report;

import dev.cascade.random.DurationText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** Numbers for readers of a page. */
public final class Amounts {
  private static final MathContext DIGITS = new MathContext(4);
  private static final MathContext TIME_DIGITS = new MathContext(3);
  private static final BigDecimal SHORT = new BigDecimal("0.001");

  private Amounts() {}

  /** A number with four digits, whole ones with all of them and a thin space between thousands. */
  static String number(BigDecimal value) {
    if (value.stripTrailingZeros().scale() <= 0) {
      return String.format(Locale.ROOT, "%,d", value.toBigInteger()).replace(',', '\u202F');
    }
    return value.round(DIGITS).stripTrailingZeros().toPlainString();
  }

  /** A time of the run, to the millisecond. */
  static String time(BigDecimal seconds) {
    return DurationText.instant(duration(seconds));
  }

  /** How long something took. */
  static String span(BigDecimal seconds) {
    return DurationText.brief(duration(seconds));
  }

  private static Duration duration(BigDecimal seconds) {
    return Duration.ofNanos(seconds.movePointRight(9).longValue());
  }

  /** A number of a measurement, in the unit that its name ends in. */
  public static String ofMeasurement(String name, double value) {
    return of(value, Units.ofMeasurement(name));
  }

  /** A number that a property judges, in the unit that its expression has. */
  public static String ofExpression(String expression, double value) {
    return of(value, Units.ofExpression(expression));
  }

  /** A number in its unit. */
  static String of(double value, String unit) {
    if (!Double.isFinite(value)) {
      return "no data";
    }
    BigDecimal exact = new BigDecimal(value);
    if (unit.equals(Units.SECONDS)) {
      return seconds(exact);
    } else if (unit.equals(Units.RATIO)) {
      return number(exact.movePointRight(2).round(DIGITS)) + " %";
    }
    String text = number(exact);
    return unit.isEmpty() ? text : text + "\u202F" + unit;
  }

  private static String seconds(BigDecimal value) {
    BigDecimal size = value.abs();
    if (size.signum() == 0 || size.compareTo(BigDecimal.ONE) >= 0) {
      return number(value.round(TIME_DIGITS)) + "\u202Fs";
    }
    return size.compareTo(SHORT) >= 0
        ? number(value.movePointRight(3).round(TIME_DIGITS)) + "\u202Fms"
        : number(value.movePointRight(6).round(TIME_DIGITS)) + "\u202Fµs";
  }
}
