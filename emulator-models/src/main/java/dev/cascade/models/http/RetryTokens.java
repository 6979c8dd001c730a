package dev.cascade.models.http;

import org.jspecify.annotations.Nullable;

/** One client's bucket of retry tokens. */
public final class RetryTokens {
  private final @Nullable RetryBudget budget;
  private double tokens;

  /** A full bucket, or one without a bottom if there is no budget. */
  public RetryTokens(@Nullable RetryBudget budget) {
    this.budget = budget;
    this.tokens = budget == null ? 0 : budget.burst();
  }

  /** A request was made: not a retry of one. */
  public void deposit() {
    if (budget != null) {
      tokens = Math.min(budget.burst(), tokens + budget.ratio().value());
    }
  }

  /** Takes a token for a retry; false if there is none. */
  public boolean withdraw() {
    if (budget == null) {
      return true;
    }
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}
