package dev.cascade.models.http;

import dev.cascade.random.RandomStream;
import org.jspecify.annotations.Nullable;

/** Decides for one client whether a failed attempt is made again, and after which wait. */
public final class Retrier {
  /** What becomes of a request after a failed attempt. */
  public enum Verdict {
    /** It has failed: it was tried often enough, or this is nothing to try again after. */
    GIVE_UP,
    /** It has failed only because the budget is spent. */
    DENIED,
    /** It is sent again after {@link #waitNanos}. */
    RETRY
  }

  private final Retries retries;
  private final RetryTokens tokens;
  private final RandomStream random;

  /**
   * A client's retries.
   *
   * @param retries null if there are none
   * @param random of the back-off
   */
  public Retrier(@Nullable Retries retries, RandomStream random) {
    this.retries = retries == null ? Retries.NONE : retries;
    this.tokens = new RetryTokens(this.retries.budget());
    this.random = random;
  }

  /** A request was made: not a retry of one. */
  public void requested() {
    tokens.deposit();
  }

  /**
   * Decides, and takes a token if it is to be sent again.
   *
   * @param retriesMade so far
   * @param failure null if it is nothing that any client tries again after
   */
  public Verdict decide(int retriesMade, @Nullable RetryOn failure) {
    if (failure == null || retriesMade >= retries.max() || !retries.retriesOn(failure)) {
      return Verdict.GIVE_UP;
    }
    return tokens.withdraw() ? Verdict.RETRY : Verdict.DENIED;
  }

  /**
   * The wait before a retry in nanoseconds; 0 if it is sent at once.
   *
   * @param retry 1 for the first
   */
  public long waitNanos(int retry) {
    Backoff backoff = retries.backoff();
    return backoff == null ? 0 : backoff.delayNanos(retry, random);
  }
}
