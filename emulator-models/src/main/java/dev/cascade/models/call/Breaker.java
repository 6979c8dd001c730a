package dev.cascade.models.call;

import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker's state. It moves when an attempt ends, and, once its wait is over, when the
 * next one asks for its permit:
 *
 * <pre>
 *   CLOSED     --the window's failures reach the threshold-->  OPEN
 *   OPEN       --asked after the wait-->                       HALF_OPEN
 *   HALF_OPEN  --all permitted have ended, too many failed-->  OPEN
 *   HALF_OPEN  --all permitted have ended, few failed-->       CLOSED
 * </pre>
 *
 * <p>What was permitted in an earlier state is not judged in a later one; resilience4j counts it.
 */
final class Breaker {
  /** Whether attempts are let through. */
  enum State {
    /** All are. */
    CLOSED,
    /** A few are. */
    HALF_OPEN,
    /** None is. */
    OPEN
  }

  /**
   * Allows one attempt.
   *
   * @param period the stay in a state that it was given in
   */
  record Permit(long period) {}

  private final CircuitBreaker config;

  private State state = State.CLOSED;
  private long period;
  private long openUntilNanos;
  private int permitted; // in this stay in HALF_OPEN
  private Window window;

  Breaker(CircuitBreaker config) {
    this.config = config;
    this.window = new Window(config.slidingWindowSize());
  }

  State state() {
    return state;
  }

  /** Lets an attempt through; null if it may not be made. */
  @Nullable Permit tryAcquire(long nowNanos) {
    if (state == State.OPEN && nowNanos >= openUntilNanos) {
      enter(State.HALF_OPEN, config.permittedNumberOfCallsInHalfOpenState());
    }
    return switch (state) {
      case CLOSED -> new Permit(period);
      case OPEN -> null;
      case HALF_OPEN -> permitOneOfFew();
    };
  }

  private @Nullable Permit permitOneOfFew() {
    if (permitted == config.permittedNumberOfCallsInHalfOpenState()) {
      return null;
    }
    permitted++;
    return new Permit(period);
  }

  /** The attempt was never made, so that another may be. */
  void release(Permit permit) {
    if (permit.period() == period && state == State.HALF_OPEN) {
      permitted--;
    }
  }

  /** An attempt has ended. */
  void record(Permit permit, boolean success, long nowNanos) {
    if (permit.period() != period) {
      return;
    }
    window.add(!success);
    int enough =
        state == State.CLOSED
            ? config.minimumNumberOfCalls()
            : config.permittedNumberOfCallsInHalfOpenState();
    if (window.size() < enough) {
      return;
    }
    if (window.failureRatio() >= config.failureRateThreshold().value()) {
      enter(State.OPEN, 1);
      openUntilNanos = nowNanos + config.waitDurationInOpenState().toNanos();
    } else if (state == State.HALF_OPEN) {
      enter(State.CLOSED, config.slidingWindowSize());
    }
  }

  private void enter(State next, int windowSize) {
    state = next;
    period++;
    permitted = 0;
    window = new Window(windowSize);
  }

  /** The last attempts of a stay in a state. */
  private static final class Window {
    private final boolean[] failed;
    private int size;
    private int next;
    private int failures;

    Window(int capacity) {
      this.failed = new boolean[capacity];
    }

    void add(boolean failure) {
      if (size == failed.length) {
        failures -= failed[next] ? 1 : 0;
      } else {
        size++;
      }
      failed[next] = failure;
      failures += failure ? 1 : 0;
      next = (next + 1) % failed.length;
    }

    int size() {
      return size;
    }

    double failureRatio() {
      return (double) failures / size;
    }
  }
}
