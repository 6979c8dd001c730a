package dev.cascade.cli.report;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Numbers as short text, which the page reads back: separated by spaces, {@code 3*5} for five times
 * three, {@code -} for none. Whole numbers are exact, others have four digits, which is more than a
 * line on a screen can show.
 */
final class Packed {
  private static final MathContext TIME_DIGITS = new MathContext(12);
  private static final double WHOLE_MAX = 1e9;
  private static final double MANTISSA_MIN = 1e3;
  private static final double MANTISSA_MAX = 1e4;

  /** Powers of ten that are exact as doubles. */
  private static final double[] TENS = tens();

  private Packed() {}

  private static double[] tens() {
    double[] tens = new double[23];
    tens[0] = 1;
    for (int i = 1; i < tens.length; i++) {
      tens[i] = 10 * tens[i - 1];
    }
    return tens;
  }

  static String of(double[] values) {
    StringBuilder text = new StringBuilder();
    String current = "";
    int times = 0;
    for (double value : values) {
      String next = number(value);
      if (next.equals(current)) {
        times++;
        continue;
      }
      append(text, current, times);
      current = next;
      times = 1;
    }
    append(text, current, times);
    return text.toString();
  }

  private static void append(StringBuilder text, String number, int times) {
    if (times == 0) {
      return;
    }
    text.append(text.isEmpty() ? "" : " ").append(number);
    if (times > 1) {
      text.append('*').append(times);
    }
  }

  /** Times, which are many and close together: all their digits, without repeats. */
  static String exact(double[] times) {
    StringBuilder text = new StringBuilder();
    for (double time : times) {
      text.append(text.isEmpty() ? "" : " ");
      text.append(new BigDecimal(time).round(TIME_DIGITS).stripTrailingZeros().toPlainString());
    }
    return text.toString();
  }

  /** One number, or the sign for none. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    if (value == Math.rint(value) && Math.abs(value) < WHOLE_MAX) {
      return Long.toString((long) value);
    }
    double size = Math.abs(value);
    int exponent = 0;
    while (exponent < TENS.length - 1 && size / TENS[exponent] >= MANTISSA_MAX) {
      exponent++;
    }
    while (exponent > -TENS.length + 1 && scaled(size, exponent) < MANTISSA_MIN) {
      exponent--;
    }
    long mantissa = Math.round(scaled(value, exponent));
    while (mantissa != 0 && mantissa % 10 == 0) {
      mantissa /= 10;
      exponent++;
    }
    return exponent == 0 ? Long.toString(mantissa) : mantissa + "e" + exponent;
  }

  private static double scaled(double value, int exponent) {
    return exponent >= 0 ? value / TENS[exponent] : value * TENS[-exponent];
  }
}
