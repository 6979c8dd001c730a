package dev.cascade.property;

import java.time.Duration;

/** Ticks of one second as letters: T true, F false, U no data. */
final class Ticks {
  static final long SECOND = Duration.ofSeconds(1).toNanos();

  private Ticks() {}

  static Truth truth(char letter) {
    return switch (letter) {
      case 'T' -> Truth.TRUE;
      case 'F' -> Truth.FALSE;
      case 'U' -> Truth.UNKNOWN;
      default -> throw new IllegalArgumentException("No tick: " + letter);
    };
  }
}
