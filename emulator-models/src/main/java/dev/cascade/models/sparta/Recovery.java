package dev.cascade.models.sparta;

import dev.cascade.node.Cost;
import java.time.Duration;
import java.util.Optional;

/** What a handler does when a client knows of a newer version than its instance. */
public enum Recovery {
  /** It says what it knows, and leaves it to the client. */
  NONE,
  /** It looks again, and again, until the version is as new; each time it writes a log line. */
  TIGHT_LOOP,
  /** It looks again after a second, a few times, and writes a log line each time. */
  RETRY;

  /** What the turns of a loop cost that are emulated as one, so that a run costs less. */
  static final int TURNS_AT_ONCE = 500;

  /** CPU time of a turn: 5,000 a second on a core of its own, by components H3; a guess. */
  private static final Duration TURN = Duration.ofNanos(200_000);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int RETRIES = 5;

  /** What it costs to look again; empty if it is given up. */
  Optional<Cost> next(int turn) {
    return switch (this) {
      case NONE -> Optional.empty();
      case TIGHT_LOOP -> Optional.of(Cost.work(TURN.multipliedBy(TURNS_AT_ONCE)));
      case RETRY -> turn < RETRIES ? Optional.of(Cost.of(TURN, RETRY_AFTER)) : Optional.empty();
    };
  }

  /** Log lines of one look. */
  int lines() {
    return switch (this) {
      case NONE -> 0;
      case TIGHT_LOOP -> TURNS_AT_ONCE;
      case RETRY -> 1;
    };
  }
}
