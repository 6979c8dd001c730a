package com.example;

import java.time.Duration;

/** Opens after so many failures in a row, and lets a single request through after a while. */
public final class CircuitBreaker {
  private final int failuresMax;
  private final Duration pause;
  private int failures;
  private Duration closedUntil = Duration.ZERO;

  public CircuitBreaker(int failuresMax, Duration pause) {
    this.failuresMax = failuresMax;
    this.pause = pause;
  }

  /** Never opens. */
  public static CircuitBreaker none() {
    return new CircuitBreaker(Integer.MAX_VALUE, Duration.ZERO);
  }

  /** Whether a request may go out now. */
  public boolean allows(Duration now) {
    if (failures < failuresMax) {
      return true;
    }
    if (now.compareTo(closedUntil) < 0) {
      return false;
    }
    closedUntil = now.plus(pause); // this one is the trial
    return true;
  }

  /** Hears how a request ended. */
  public void told(boolean success, Duration now) {
    failures = success ? 0 : Math.min(failures + 1, failuresMax);
    if (failures == failuresMax) {
      closedUntil = now.plus(pause);
    }
  }
}
