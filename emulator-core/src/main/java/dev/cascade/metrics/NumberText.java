package dev.cascade.metrics;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Numbers as text. {@code Double.toString} wrote other digits before JDK 19 than since; files must
 * be the same bytes in every JVM.
 */
final class NumberText {
  private static final double EXACT = 1e15;

  private NumberText() {}

  /** The shortest decimal of 15 digits or more that reads back as the same number. */
  static String of(double value) {
    if (value == Math.rint(value) && Math.abs(value) < EXACT) {
      return Long.toString((long) value);
    }
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 15; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == value) {
        return rounded.stripTrailingZeros().toString();
      }
    }
    return exact.round(new MathContext(17)).stripTrailingZeros().toString();
  }

  /** Nanoseconds as seconds, exactly. */
  static String seconds(long nanos) {
    return nanos == 0 ? "0" : BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
  }
}
