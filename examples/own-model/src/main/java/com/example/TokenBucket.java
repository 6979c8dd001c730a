package com.example;

/** Tokens that come at a rate, up to a burst. Knows nothing of actors: the actor asks it. */
final class TokenBucket {
  private final double burst;
  private double perSecond;
  private double tokens;
  private long lastNanos;

  TokenBucket(double perSecond, double burst, long nowNanos) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.tokens = burst;
    this.lastNanos = nowNanos;
  }

  /** Takes a token if there is one. */
  boolean take(long nowNanos) {
    fill(nowNanos);
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** Lets tokens come at another rate from now on. */
  void refillAt(double newPerSecond, long nowNanos) {
    fill(nowNanos);
    perSecond = newPerSecond;
  }

  private void fill(long nowNanos) {
    tokens = Math.min(burst, tokens + (nowNanos - lastNanos) / 1e9 * perSecond);
    lastNanos = nowNanos;
  }
}
