package dev.cascade.cli;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for people: as many digits as mean something. */
final class Figures {
  private static final MathContext DIGITS = new MathContext(4);
  private static final double EXACT = 1e15;

  private Figures() {}

  /** A number with four digits, or all of a whole one. */
  static String of(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    if (value == Math.rint(value) && Math.abs(value) < EXACT) {
      return Long.toString((long) value);
    }
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  /** A number with all the digits that a measurement can mean. */
  static String exact(double value) {
    return new BigDecimal(value).round(new MathContext(12)).stripTrailingZeros().toPlainString();
  }

  /** Seconds in the unit that reads best. */
  static String seconds(double seconds) {
    if (seconds >= 1 || seconds == 0) {
      return of(seconds) + "s";
    }
    return seconds >= 1e-3 ? of(seconds * 1e3) + "ms" : of(seconds * 1e6) + "µs";
  }
}
