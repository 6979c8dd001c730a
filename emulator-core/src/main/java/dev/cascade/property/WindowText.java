package dev.cascade.property;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Windows as expressions write them: {@code 500ms}, {@code 10s}, {@code 1m30s}. */
final class WindowText {
  private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h|d)");

  private WindowText() {}

  /** A window longer than zero in nanoseconds, or null if the text is none. */
  static @Nullable Long nanos(String text) {
    Matcher matcher = PART.matcher(text);
    BigDecimal sum = BigDecimal.ZERO;
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      long unit =
          switch (matcher.group(2)) {
            case "ms" -> 1_000_000L;
            case "s" -> Duration.ofSeconds(1).toNanos();
            case "m" -> Duration.ofMinutes(1).toNanos();
            case "h" -> Duration.ofHours(1).toNanos();
            default -> Duration.ofDays(1).toNanos();
          };
      sum = sum.add(new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)));
      end = matcher.end();
    }
    boolean whole = end == text.length() && sum.signum() > 0;
    boolean fits = sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 2)) < 0;
    return whole && fits && sum.longValue() > 0 ? sum.longValue() : null;
  }
}
