package dev.cascade.random;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go and Prometheus write them: {@code 500ms}, {@code 1m30s}, {@code 50us}. */
public final class DurationText {
  /** What a duration looks like, as a regular expression. */
  public static final String PATTERN = "0|([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h|d))+";

  private static final Pattern WHOLE = Pattern.compile(PATTERN);
  private static final Pattern PART =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|µs|ms|s|m|h|d)");
  private static final Pattern BARE = Pattern.compile("[0-9]+(\\.[0-9]+)?");

  /** Longest duration that can be read, in characters: hostile files hold longer ones. */
  private static final int MAX_LENGTH = 64;

  private DurationText() {}

  /**
   * Reads a duration that is not negative.
   *
   * @throws IllegalArgumentException if it has no unit, an unknown one, or more than 292 years
   */
  public static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO; // the one number that means the same in every unit
    }
    if (text.length() <= MAX_LENGTH && BARE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "The duration (" + text + ") has no unit. Maybe " + text + "ms or " + text + "s?");
    }
    if (text.length() > MAX_LENGTH || !WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "The duration ("
              + text.substring(0, Math.min(MAX_LENGTH, text.length()))
              + ") cannot be read. Maybe 500ms, 2s, 1m30s or 1h?");
    }
    double inexact = 0;
    long nanos = 0;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      double partNanos = Double.parseDouble(part.group(1)) * unitNanos(part.group(2));
      inexact += partNanos;
      nanos += Math.round(partNanos);
    }
    if (inexact >= Long.MAX_VALUE) {
      throw new IllegalArgumentException(
          "The duration (" + text + ") is longer than 292 years, the most that can be counted.");
    }
    return Duration.ofNanos(nanos);
  }

  /** Writes a duration so that {@link #parse} reads it back: {@code 1m30s}, {@code 1.5ms}. */
  public static String format(Duration duration) {
    if (duration.isNegative()) {
      return "-" + format(duration.negated());
    }
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    for (String unit : new String[] {"h", "m", "s", "ms", "us", "ns"}) {
      long count = nanos / unitNanos(unit);
      if (count > 0) {
        text.append(count).append(unit);
        nanos -= count * unitNanos(unit);
      }
    }
    return text.toString();
  }

  private static long unitNanos(String unit) {
    return switch (unit) {
      case "ns" -> 1L;
      case "us", "µs" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      case "d" -> 86_400_000_000_000L;
      default -> throw new IllegalArgumentException("The unit (" + unit + ") is unknown.");
    };
  }
}
