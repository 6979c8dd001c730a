package dev.cascade.node;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often something happens: {@code 300/s}, {@code 20/min}.
 *
 * @param perSecond times a second, not negative
 */
public record Rate(double perSecond) {
  /** What a rate looks like, as a regular expression. */
  public static final String PATTERN = "([0-9]{1,20}(?:\\.[0-9]{1,20})?)/(s|m|min|h)";

  private static final Pattern TEXT = Pattern.compile(PATTERN);
  private static final Pattern BARE = Pattern.compile("[0-9]+(\\.[0-9]+)?");

  public Rate {
    if (!(perSecond >= 0) || Double.isInfinite(perSecond)) {
      throw new IllegalArgumentException(
          "The rate (" + perSecond + "/s) must be a number that is not negative.");
    }
  }

  /**
   * Reads a rate.
   *
   * @throws IllegalArgumentException if it is no number followed by /s, /min or /h
   */
  @JsonCreator
  public static Rate parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (matcher.matches()) {
      return new Rate(Double.parseDouble(matcher.group(1)) / unitSeconds(matcher.group(2)));
    }
    if (BARE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "The rate (" + text + ") has no unit. Maybe " + text + "/s or " + text + "/min?");
    }
    throw new IllegalArgumentException(
        "The rate (" + text + ") cannot be read. Maybe 300/s, 20/min or 5/h?");
  }

  private static int unitSeconds(String unit) {
    return switch (unit) {
      case "s" -> 1;
      case "m", "min" -> 60;
      default -> 3600;
    };
  }

  /** Times a second, {@code 300/s}; what {@link #parse} reads. */
  @Override
  @JsonValue
  public String toString() {
    return new BigDecimal(Double.toString(perSecond)).stripTrailingZeros().toPlainString() + "/s";
  }
}
