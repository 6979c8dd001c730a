package dev.cascade.models.balancer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.node.Ratio;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A proxy before the hosts of one entry; each replica is one, on a host of its own, and knows
 * nothing of the others.
 *
 * @param target the entry that stands behind it
 * @param lbPolicy which host is asked next; Envoy's default is round-robin
 * @param choiceCount hosts that least-request compares; Envoy's default is 2
 * @param selectionMethod among which hosts least-request looks
 * @param healthCheck how it checks hosts; null if never
 * @param outlierDetection when it ejects hosts; null if never
 * @param healthyPanicThreshold below this share of hosts it asks all of them, healthy or not; 0 if
 *     never: then it answers 503 where none is healthy
 * @param maxConnections requests that it has open at one host at most; more are answered with 503
 * @param timeout of a request, after which it answers 504; Envoy's routes have 15 s
 * @param cpu of a request in its one thread; the default is a guess at a small HTTP/1.1 request
 * @param cores of its host; more than one serves other programs, or faults that take CPU
 */
public record BalancerConfig(
    @JsonPropertyDescription("The entry of the topology that stands behind it.") String target,
    @JsonProperty(defaultValue = "round-robin")
        @JsonPropertyDescription("Which host is asked next.")
        LbPolicy lbPolicy,
    @JsonProperty(defaultValue = "2")
        @JsonPropertyDescription("Hosts that least-request draws and compares.")
        int choiceCount,
    @JsonProperty(defaultValue = "n-choices")
        @JsonPropertyDescription("Among which hosts least-request looks.")
        SelectionMethod selectionMethod,
    @JsonPropertyDescription("How it checks hosts; never if absent.")
        @Nullable HealthCheck healthCheck,
    @JsonPropertyDescription("When it ejects hosts for their answers; never if absent.")
        @Nullable OutlierDetection outlierDetection,
    @JsonProperty(defaultValue = "50%")
        @JsonPropertyDescription("With a smaller share of healthy hosts it asks all; 0% if never.")
        Ratio healthyPanicThreshold,
    @JsonProperty(defaultValue = "1024")
        @JsonPropertyDescription("Requests open at one host; more are answered with 503.")
        int maxConnections,
    @JsonProperty(defaultValue = "15s")
        @JsonPropertyDescription("After which it answers a request with 504.")
        Duration timeout,
    @Guess("a small HTTP/1.1 request")
        @JsonProperty(defaultValue = "50us")
        @JsonPropertyDescription("CPU of a request, in its one thread.")
        DurationDistribution cpu,
    @JsonProperty(defaultValue = "1") @JsonPropertyDescription("Cores of its host.") int cores) {
  /** Envoy's default for circuit breakers. */
  public static final int DEFAULT_MAX_CONNECTIONS = 1024;

  public BalancerConfig {
    Durations.requirePositive("timeout", timeout);
    if (choiceCount < 2) {
      throw new IllegalArgumentException(
          "The choiceCount ("
              + choiceCount
              + ") must be at least 2. Maybe lbPolicy: random, if one is enough?");
    }
    if (maxConnections < 1) {
      throw new IllegalArgumentException(
          "The maxConnections (" + maxConnections + ") must be at least 1. Maybe 1024?");
    }
    if (cores < 1) {
      throw new IllegalArgumentException("The cores (" + cores + ") must be at least 1.");
    }
  }

  /** A proxy that costs nothing and trusts all hosts. */
  public static BalancerConfig of(String target, LbPolicy lbPolicy) {
    return new BalancerConfig(
        target,
        lbPolicy,
        2,
        SelectionMethod.N_CHOICES,
        null,
        null,
        new Ratio(0.5),
        DEFAULT_MAX_CONNECTIONS,
        Duration.ofSeconds(15),
        DurationDistribution.constant(Duration.ZERO),
        1);
  }

  /** The same, comparing so many. */
  public BalancerConfig choices(int newChoiceCount) {
    return new BalancerConfig(
        target,
        lbPolicy,
        newChoiceCount,
        selectionMethod,
        healthCheck,
        outlierDetection,
        healthyPanicThreshold,
        maxConnections,
        timeout,
        cpu,
        cores);
  }

  /** The same, looking at all. */
  public BalancerConfig fullScan() {
    return new BalancerConfig(
        target,
        lbPolicy,
        choiceCount,
        SelectionMethod.FULL_SCAN,
        healthCheck,
        outlierDetection,
        healthyPanicThreshold,
        maxConnections,
        timeout,
        cpu,
        cores);
  }

  /** The same with other ways to find bad hosts; null for none. */
  public BalancerConfig watching(
      @Nullable HealthCheck newCheck, @Nullable OutlierDetection newDetection, Ratio newPanic) {
    return new BalancerConfig(
        target,
        lbPolicy,
        choiceCount,
        selectionMethod,
        newCheck,
        newDetection,
        newPanic,
        maxConnections,
        timeout,
        cpu,
        cores);
  }

  /** The same with other bounds for a request. */
  public BalancerConfig bounds(int newMaxConnections, Duration newTimeout) {
    return new BalancerConfig(
        target,
        lbPolicy,
        choiceCount,
        selectionMethod,
        healthCheck,
        outlierDetection,
        healthyPanicThreshold,
        newMaxConnections,
        newTimeout,
        cpu,
        cores);
  }

  /** The same at another cost of a request. */
  public BalancerConfig costing(DurationDistribution newCpu) {
    return new BalancerConfig(
        target,
        lbPolicy,
        choiceCount,
        selectionMethod,
        healthCheck,
        outlierDetection,
        healthyPanicThreshold,
        maxConnections,
        timeout,
        newCpu,
        cores);
  }
}
