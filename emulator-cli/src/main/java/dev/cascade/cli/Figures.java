package dev.cascade.cli;

import dev.cascade.random.DurationText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

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

  /** A share with three digits after the point at most. */
  static String brief(double share) {
    return new BigDecimal(share)
        .setScale(3, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** A number with all the digits that a measurement can mean. */
  static String exact(double value) {
    return new BigDecimal(value).round(new MathContext(12)).stripTrailingZeros().toPlainString();
  }

  /** So many things: {@code 1 host}, {@code 2 properties}. */
  static String count(long count, String thing) {
    String several =
        thing.endsWith("y")
            ? thing.replaceFirst("y$", "ies")
            : thing + (thing.endsWith("s") ? "es" : "s");
    return count + " " + (count == 1 ? thing : several);
  }

  /** Seconds in the unit that reads best. */
  static String seconds(double seconds) {
    return DurationText.brief(Duration.ofNanos(Math.round(seconds * 1e9)));
  }
}
