package dev.cascade.node;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share of a whole: {@code 5%} or {@code 0.05}.
 *
 * @param value 0 to 1
 */
public record Ratio(double value) {
  /** Nothing. */
  public static final Ratio ZERO = new Ratio(0);

  /** What a ratio looks like, as a regular expression. */
  public static final String PATTERN = "([0-9]{1,20}(?:\\.[0-9]{1,20})?)(%?)";

  private static final Pattern TEXT = Pattern.compile(PATTERN);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  public Ratio {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "The ratio (" + value + ") must lie between 0 and 1. Maybe write it with a %?");
    }
  }

  /**
   * Reads a percentage or a number from 0 to 1.
   *
   * @throws IllegalArgumentException if it is neither
   */
  @JsonCreator
  public static Ratio parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "The ratio (" + text + ") cannot be read. Maybe 5% or 0.05?");
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    if (matcher.group(2).isEmpty()) {
      return new Ratio(number.doubleValue());
    }
    if (number.compareTo(HUNDRED) > 0) {
      throw new IllegalArgumentException("The ratio (" + text + ") is more than 100%.");
    }
    return new Ratio(number.movePointLeft(2).doubleValue());
  }

  /** In percent, as {@link #parse} reads it. */
  @Override
  @JsonValue
  public String toString() {
    BigDecimal percent = new BigDecimal(Double.toString(value)).movePointRight(2);
    return percent.stripTrailingZeros().toPlainString() + "%";
  }
}
