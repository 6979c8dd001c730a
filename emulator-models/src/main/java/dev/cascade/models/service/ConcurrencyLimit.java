package dev.cascade.models.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Ratio;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;

/**
 * How many requests a server has at once, those that wait in its queue included, before it answers
 * with 503. Words, rules and defaults are those of Netflix's concurrency-limits, each sample taken
 * by itself.
 *
 * @param algorithm how the limit moves
 * @param initialLimit where it begins; the fixed limit
 * @param minLimit it never falls below
 * @param maxLimit it never rises beyond
 * @param backoffRatio of aimd: a request that fails or takes longer than {@code timeout} leaves so
 *     much of the limit
 * @param timeout of aimd
 * @param rttTolerance of gradient2: so many times the usual time are no reason to lower the limit
 * @param smoothing of gradient2: how much of the way to a new limit is made at once
 * @param queueSize of gradient2: so many more than the estimate are let in, so that it can rise
 * @param longWindow of gradient2: requests over which the usual time is averaged
 * @param rejectCpu of saying no; a guess: less than it takes to parse a request and its headers
 */
public record ConcurrencyLimit(
    @JsonProperty(defaultValue = "gradient2") @JsonPropertyDescription("How the limit moves.")
        Algorithm algorithm,
    @JsonProperty(defaultValue = "20")
        @JsonPropertyDescription("Where the limit begins; the fixed limit.")
        int initialLimit,
    @JsonProperty(defaultValue = "20") @JsonPropertyDescription("It never falls below.")
        int minLimit,
    @JsonProperty(defaultValue = "200") @JsonPropertyDescription("It never rises beyond.")
        int maxLimit,
    @JsonProperty(defaultValue = "90%")
        @JsonPropertyDescription("What a slow or failed request leaves of the limit, of aimd.")
        Ratio backoffRatio,
    @JsonProperty(defaultValue = "5s")
        @JsonPropertyDescription("From when on a request is slow, of aimd.")
        Duration timeout,
    @JsonProperty(defaultValue = "1.5")
        @JsonPropertyDescription("Times the usual duration that change nothing, of gradient2.")
        double rttTolerance,
    @JsonProperty(defaultValue = "20%")
        @JsonPropertyDescription("How much of the way to a new limit is made, of gradient2.")
        Ratio smoothing,
    @JsonProperty(defaultValue = "4")
        @JsonPropertyDescription("Requests beyond the estimate, so that it can rise, of gradient2.")
        int queueSize,
    @JsonProperty(defaultValue = "600")
        @JsonPropertyDescription("Requests that make the usual duration, of gradient2.")
        int longWindow,
    @JsonProperty(defaultValue = "50us") @JsonPropertyDescription("CPU time of saying no.")
        DurationDistribution rejectCpu) {
  /** How a limit moves. */
  public enum Algorithm {
    /** Not at all. */
    FIXED,
    /** One more for each good request while half of it is used, and a part less for a bad one. */
    AIMD,
    /** With the ratio of the usual duration to the last one. */
    GRADIENT2
  }

  public ConcurrencyLimit {
    Durations.requirePositive("timeout", timeout);
    if (initialLimit < 1 || minLimit < 1 || minLimit > maxLimit) {
      throw new IllegalArgumentException(
          "The initialLimit (%d) and the minLimit (%d) must be at least 1, and the maxLimit (%d) no smaller than the minLimit."
              .formatted(initialLimit, minLimit, maxLimit));
    }
    if (algorithm != Algorithm.FIXED && (initialLimit < minLimit || initialLimit > maxLimit)) {
      throw new IllegalArgumentException(
          "The initialLimit (%d) must lie between the minLimit (%d) and the maxLimit (%d)."
              .formatted(initialLimit, minLimit, maxLimit));
    }
    if (backoffRatio.value() < 0.5 || backoffRatio.value() >= 1) {
      throw new IllegalArgumentException(
          "The backoffRatio (" + backoffRatio + ") must be 50% to less than 100%. Maybe 90%?");
    }
    if (!(rttTolerance >= 1)) {
      throw new IllegalArgumentException(
          "The rttTolerance (" + rttTolerance + ") must be at least 1. Maybe 1.5?");
    }
    if (longWindow < 1 || queueSize < 0) {
      throw new IllegalArgumentException(
          "The longWindow (%d) must be at least 1, and the queueSize (%d) not negative."
              .formatted(longWindow, queueSize));
    }
  }

  /** Netflix's defaults, with another algorithm and first limit. */
  public static ConcurrencyLimit of(Algorithm algorithm, int initialLimit) {
    return new ConcurrencyLimit(
        algorithm,
        initialLimit,
        Math.min(20, initialLimit),
        200,
        new Ratio(0.9),
        Duration.ofSeconds(5),
        1.5,
        new Ratio(0.2),
        4,
        600,
        DurationDistribution.constant(Duration.ZERO));
  }

  /** The same with other bounds, and another time-out of aimd. */
  public ConcurrencyLimit within(int newMin, int newMax, Duration newTimeout) {
    return new ConcurrencyLimit(
        algorithm,
        initialLimit,
        newMin,
        newMax,
        backoffRatio,
        newTimeout,
        rttTolerance,
        smoothing,
        queueSize,
        longWindow,
        rejectCpu);
  }
}
