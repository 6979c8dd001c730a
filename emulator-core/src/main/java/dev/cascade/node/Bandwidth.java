package dev.cascade.node;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes that a link or an interface carries in a second: {@code 1Gbit/s}, {@code 125MB/s}.
 *
 * @param bytesPerSecond positive
 */
public record Bandwidth(double bytesPerSecond) {
  private static final Pattern BITS =
      Pattern.compile("([0-9]{1,20}(?:\\.[0-9]{1,20})?)(k|M|G|T)?bit/s");
  private static final int BITS_IN_A_BYTE = 8;

  public Bandwidth {
    if (!(bytesPerSecond > 0) || Double.isInfinite(bytesPerSecond)) {
      throw new IllegalArgumentException(
          "The bandwidth (" + bytesPerSecond + "B/s) must be a positive number.");
    }
  }

  /**
   * Reads a bandwidth: bits with {@code bit/s}, or a {@link Size} followed by {@code /s}.
   *
   * @throws IllegalArgumentException if it is neither, or zero
   */
  @JsonCreator
  public static Bandwidth parse(String text) {
    Matcher bits = BITS.matcher(text);
    if (bits.matches()) {
      double factor =
          switch (String.valueOf(bits.group(2))) {
            case "k" -> 1e3;
            case "M" -> 1e6;
            case "G" -> 1e9;
            case "T" -> 1e12;
            default -> 1;
          };
      return new Bandwidth(Double.parseDouble(bits.group(1)) * factor / BITS_IN_A_BYTE);
    }
    if (!text.endsWith("/s")) {
      throw new IllegalArgumentException(
          "The bandwidth (" + text + ") must end in /s. Maybe 1Gbit/s or 125MB/s?");
    }
    try {
      return new Bandwidth(Size.parse(text.substring(0, text.length() - 2)).bytes());
    } catch (IllegalArgumentException unreadable) {
      throw new IllegalArgumentException(
          "The bandwidth (" + text + ") cannot be read. Maybe 1Gbit/s or 125MB/s?", unreadable);
    }
  }

  /** Bytes a second, as {@link #parse} reads them. */
  @Override
  @JsonValue
  public String toString() {
    BigDecimal bytes = new BigDecimal(Double.toString(bytesPerSecond));
    return bytes.stripTrailingZeros().toPlainString() + "B/s";
  }
}
