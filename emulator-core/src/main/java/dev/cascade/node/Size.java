package dev.cascade.node;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of bytes: {@code 512Mi}, {@code 1MB}, {@code 800B}.
 *
 * @param bytes not negative
 */
public record Size(long bytes) {
  /** What a size looks like, as a regular expression. */
  public static final String PATTERN = "([0-9]{1,20}(?:\\.[0-9]{1,20})?)(B|(?:k|K|M|G|T)i?B?)";

  private static final Pattern TEXT = Pattern.compile(PATTERN);
  private static final Pattern BARE = Pattern.compile("[0-9]+(\\.[0-9]+)?");

  public Size {
    if (bytes < 0) {
      throw new IllegalArgumentException("The size (" + bytes + "B) cannot be negative.");
    }
  }

  /**
   * Reads a size. {@code k}, {@code M}, {@code G}, {@code T} are powers of 1000, with an {@code i}
   * powers of 1024; a {@code B} may follow.
   *
   * @throws IllegalArgumentException if it is no number followed by such a unit
   */
  @JsonCreator
  public static Size parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (matcher.matches()) {
      double bytes = Double.parseDouble(matcher.group(1)) * unitBytes(matcher.group(2));
      if (bytes < Long.MAX_VALUE) {
        return new Size(Math.round(bytes));
      }
    }
    if (BARE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "The size (" + text + ") has no unit. Maybe " + text + "B or " + text + "Mi?");
    }
    throw new IllegalArgumentException(
        "The size (" + text + ") cannot be read. Maybe 800B, 512Mi or 1MB?");
  }

  /** The bytes in a unit such as {@code B}, {@code MB} or {@code Mi}. */
  private static double unitBytes(String unit) {
    double base = unit.contains("i") ? 1024 : 1000;
    return switch (unit.charAt(0)) {
      case 'B' -> 1;
      case 'k', 'K' -> base;
      case 'M' -> base * base;
      case 'G' -> base * base * base;
      default -> base * base * base * base;
    };
  }

  /** The bytes as {@link #parse} reads them, with the largest binary unit that leaves no rest. */
  @Override
  @JsonValue
  public String toString() {
    String[] units = {"Ti", "Gi", "Mi", "Ki"};
    for (int i = 0; i < units.length; i++) {
      long unit = 1L << (10 * (units.length - i));
      if (bytes >= unit && bytes % unit == 0) {
        return bytes / unit + units[i];
      }
    }
    return bytes + "B";
  }
}
