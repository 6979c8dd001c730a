package dev.cascade.run;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as files hold them. {@code Double.toString} wrote other digits before JDK 19 than since;
 * a run's files must be the same bytes in every JVM.
 */
final class JsonNumbers {
  /** More digits than any measurement here means. */
  private static final MathContext DIGITS = new MathContext(12);

  private JsonNumbers() {}

  /** A finite number with 12 digits at most; null for what is none. */
  static @Nullable BigDecimal of(@Nullable Double value) {
    if (value == null || !Double.isFinite(value)) {
      return null;
    }
    return plain(new BigDecimal(value).round(DIGITS));
  }

  /** A duration in seconds, exactly. */
  static @Nullable BigDecimal seconds(@Nullable Duration duration) {
    return duration == null ? null : plain(BigDecimal.valueOf(duration.toNanos(), 9));
  }

  private static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
