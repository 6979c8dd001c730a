package dev.cascade.models.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a client sends a request again that failed.
 *
 * @param max how often at most, the first attempt not counted
 * @param backoff how long it waits before; null if it sends again at once
 * @param budget how many retries it may make in all; null if any number
 * @param retryOn after what; all that there is if empty
 */
public record Retries(
    @JsonPropertyDescription("How often at most, the first attempt not counted.") int max,
    @JsonPropertyDescription("How long it waits before; not at all if absent.")
        @Nullable Backoff backoff,
    @JsonPropertyDescription("Bounds retries by requests; no bound if absent.")
        @Nullable RetryBudget budget,
    @JsonPropertyDescription("After what; all of them if absent.") List<RetryOn> retryOn) {
  /** No request is sent twice. */
  public static final Retries NONE = new Retries(0, null, null, List.of());

  public Retries {
    if (max < 0) {
      throw new IllegalArgumentException(
          "The max (" + max + ") cannot be negative. Maybe 0 for no retries?");
    }
    retryOn = List.copyOf(retryOn);
  }

  /** At once, up to so often, after anything. */
  public static Retries atOnce(int max) {
    return new Retries(max, null, null, List.of());
  }

  /** The same with waits. */
  public Retries backoff(Backoff newBackoff) {
    return new Retries(max, newBackoff, budget, retryOn);
  }

  /** The same with a budget. */
  public Retries budget(RetryBudget newBudget) {
    return new Retries(max, backoff, newBudget, retryOn);
  }

  /** Whether a request is sent again after this. */
  public boolean retriesOn(RetryOn failure) {
    return retryOn.isEmpty() || retryOn.contains(failure);
  }
}
