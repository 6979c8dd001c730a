package dev.cascade.property;

import java.math.BigDecimal;

/** Times in the words of reasons. */
final class Times {
  private Times() {}

  /** {@code 12.5s}. */
  static String seconds(long nanos) {
    BigDecimal seconds = BigDecimal.valueOf(nanos, 9).stripTrailingZeros();
    return (nanos == 0 ? "0" : seconds.toPlainString()) + "s";
  }
}
