package dev.cascade.models.records;

/** A token bucket: so many a second come in, up to what it holds; it is full at the start. */
public final class TokenBucket {
  private final double perSecond;
  private final double capacity;
  private double tokens;
  private long filledNanos;

  /**
   * A full bucket.
   *
   * @param perSecond tokens that come in
   * @param capacity tokens that it holds
   */
  public TokenBucket(double perSecond, double capacity) {
    this.perSecond = perSecond;
    this.capacity = capacity;
    this.tokens = capacity;
  }

  /** How many of so many things the bucket has the tokens for. */
  public int has(int things, double tokensEach, long nowNanos) {
    double elapsed = Math.max(0, nowNanos - filledNanos) / 1e9;
    tokens = Math.min(capacity, tokens + elapsed * perSecond);
    filledNanos = Math.max(filledNanos, nowNanos);
    return (int) Math.max(0, Math.min(things, tokens / tokensEach));
  }

  /** Takes tokens out; there may be less than that. */
  public void take(double some) {
    tokens -= some;
  }

  /** Takes as many of so many things as it has tokens for, one each. */
  public int takeUpTo(int things, long nowNanos) {
    int taken = has(things, 1, nowNanos);
    take(taken);
    return taken;
  }
}
