package dev.cascade.random;

import java.math.BigDecimal;
import java.math.MathContext;
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

  private static final MathContext THREE_DIGITS = new MathContext(3);

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

  /**
   * How long something took, for people: three significant figures, {@code 1.05s}, {@code 1m22s}.
   */
  public static String brief(Duration duration) {
    if (duration.isNegative()) {
      return "-" + brief(duration.negated());
    }
    BigDecimal nanos = BigDecimal.valueOf(duration.toNanos()).round(THREE_DIGITS);
    if (nanos.compareTo(BigDecimal.valueOf(unitNanos("m"))) < 0) {
      return decimal(nanos);
    }
    String smallest = duration.toHours() > 0 ? "m" : "s";
    long unit = unitNanos(smallest);
    return format(Duration.ofNanos(Math.round((double) duration.toNanos() / unit) * unit));
  }

  /** A moment of a run, for people: to the millisecond, {@code 17ms}, {@code 2m3.508s}. */
  public static String instant(Duration time) {
    if (time.isNegative()) {
      return "-" + instant(time.negated());
    }
    long nanos = Math.round(time.toNanos() / 1e6) * unitNanos("ms");
    long minutes = nanos / unitNanos("m") * unitNanos("m");
    BigDecimal rest = BigDecimal.valueOf(nanos - minutes);
    if (minutes == 0) {
      return decimal(rest);
    }
    String whole = format(Duration.ofNanos(minutes));
    return rest.signum() == 0 ? whole : whole + in(rest, "s"); // 1m0.022s: 1m22ms is misread
  }

  /** In the unit that leaves at least one digit before the point. */
  private static String decimal(BigDecimal nanos) {
    for (String unit : new String[] {"s", "ms", "us"}) {
      if (nanos.compareTo(BigDecimal.valueOf(unitNanos(unit))) >= 0) {
        return in(nanos, unit);
      }
    }
    return nanos.signum() == 0 ? "0s" : nanos.toPlainString() + "ns";
  }

  private static String in(BigDecimal nanos, String unit) {
    BigDecimal count = nanos.divide(BigDecimal.valueOf(unitNanos(unit))); // exact: a power of ten
    return count.stripTrailingZeros().toPlainString() + unit;
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
