package dev.cascade.run;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast virtual time may pass at most. A pace changes no result.
 *
 * @param factor virtual time as a multiple of the wall clock's; infinite for as fast as it goes
 */
public record Pace(double factor) {
  /** As fast as the machine can. */
  public static final Pace MAX = new Pace(Double.POSITIVE_INFINITY);

  private static final Pattern FACTOR = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)x");

  public Pace {
    if (!(factor > 0)) {
      throw new IllegalArgumentException(
          "The speed (" + factor + "x) must be above zero. Maybe 1x?");
    }
  }

  /**
   * Reads {@code 1x}, {@code 10x} or {@code max}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static Pace parse(String text) {
    if (text.equals("max")) {
      return MAX;
    }
    Matcher factor = FACTOR.matcher(text);
    if (!factor.matches()) {
      throw new IllegalArgumentException(
          "The speed (" + text + ") must be a multiple of real time, or max. Maybe 10x?");
    }
    return new Pace(Double.parseDouble(factor.group(1)));
  }

  /** Whether nothing holds it back. */
  public boolean isMax() {
    return Double.isInfinite(factor);
  }

  @Override
  public String toString() {
    return isMax()
        ? "max"
        : new BigDecimal(Double.toString(factor)).stripTrailingZeros().toPlainString() + "x";
  }
}
