package dev.cascade.models.call;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.http.Retries;
import dev.cascade.node.Demand;
import dev.cascade.node.Ratio;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call of a server's to another entry of the topology. Each has a client of its own in each
 * server process: connections, breaker and retry budget are not shared with other calls.
 *
 * @param name for metrics and the paths of overlays; unique in its server
 * @param target the entry that is asked
 * @param path what is asked for
 * @param share of the requests that make this call
 * @param parallel whether it starts together with the call before it, rather than after it
 * @param timeout of each attempt, the wait for a connection included; Envoy's default is 15 s
 * @param retries when a failed attempt is repeated; null if never
 * @param connectionPool bounds its connections; null if there is no bound but the threads
 * @param circuitBreaker when it stops to ask; null if never
 * @param hedging when it asks twice; null if never
 * @param fallback whether the server can do without: then a call that fails does not fail its
 *     request
 * @param fallbackCost what it costs to do without; null if nothing
 * @param cache asked before the target; null if none
 */
public record Call(
    @JsonPropertyDescription("Names it in metrics and in the paths of overlays.") String name,
    @JsonPropertyDescription("The entry of the topology that is asked.") String target,
    @JsonProperty(defaultValue = "/") @JsonPropertyDescription("What is asked for.") String path,
    @JsonProperty(defaultValue = "100%")
        @JsonPropertyDescription("The share of requests that make this call.")
        Ratio share,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether it starts together with the call before it.")
        boolean parallel,
    @JsonProperty(defaultValue = "15s")
        @JsonPropertyDescription("After which an attempt is given up, its wait included.")
        Duration timeout,
    @JsonPropertyDescription("When a failed attempt is repeated; never if absent.")
        @Nullable Retries retries,
    @JsonPropertyDescription("Bounds its connections; only threads do if absent.")
        @Nullable ConnectionPool connectionPool,
    @JsonPropertyDescription("When it stops to ask; never if absent.")
        @Nullable CircuitBreaker circuitBreaker,
    @JsonPropertyDescription("When it asks twice; never if absent.") @Nullable Hedging hedging,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether the request succeeds without it if it fails.")
        boolean fallback,
    @JsonPropertyDescription("What it costs to do without; nothing if absent.")
        @Nullable FallbackCost fallbackCost,
    @JsonPropertyDescription("The cache that is asked before the target; none if absent.")
        @Nullable Caching cache) {
  /** Unless told otherwise: that of Envoy's routes. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

  public Call {
    if (!name.matches("[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?")) {
      throw new IllegalArgumentException(
          "The name (" + name + ") of a call may hold only letters, digits and, inside, - and _.");
    }
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "The path (" + path + ") must begin with '/'. Maybe /" + path + "?");
    }
    if (share.value() <= 0) {
      throw new IllegalArgumentException(
          "The share (" + share + ") must be more than 0. Maybe leave the call out?");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "The timeout (" + timeout + ") must be longer than zero. Maybe 1s?");
    }
    if (retries != null && hedging != null) {
      throw new IllegalArgumentException(
          "The retries (max "
              + retries.max()
              + ") and the hedging (maxAttempts "
              + hedging.maxAttempts()
              + ") exclude each other, as with gRPC. Maybe leave the retries out?");
    }
    if (hedging != null && hedging.hedgingDelay().compareTo(timeout) >= 0) {
      throw new IllegalArgumentException(
          "The hedgingDelay ("
              + hedging.hedgingDelay()
              + ") must be shorter than the timeout ("
              + timeout
              + "): no attempt would be hedged. Maybe the 95th percentile of the answers?");
    }
    if (fallbackCost != null && !fallback) {
      throw new IllegalArgumentException(
          "The fallbackCost of "
              + name
              + " is of no use without a fallback. Maybe fallback: true?");
    }
    if (connectionPool != null
        && connectionPool.pendingTimeout() != null
        && connectionPool.pendingTimeout().compareTo(timeout) > 0) {
      throw new IllegalArgumentException(
          "The pendingTimeout ("
              + connectionPool.pendingTimeout()
              + ") must not be longer than the timeout ("
              + timeout
              + "), which holds for both. Maybe leave it out?");
    }
  }

  /** What it asks of its target for those who ask for it. */
  public Demand demandFor(Demand asked) {
    int attempts =
        1
            + (retries == null ? 0 : retries.max())
            + (hedging == null ? 0 : hedging.maxAttempts() - 1);
    return new Demand(
        target,
        path,
        asked.perSecond() * share.value(),
        asked.perSecondIfAllFail() * share.value() * attempts);
  }

  /** A call that nothing but a time-out protects. */
  public static Call of(String target, String path, Duration timeout) {
    return new Call(
        target, target, path, new Ratio(1), false, timeout, null, null, null, null, false);
  }

  /** A call that no cache is asked before. */
  public Call(
      String name,
      String target,
      String path,
      Ratio share,
      boolean parallel,
      Duration timeout,
      @Nullable Retries retries,
      @Nullable ConnectionPool connectionPool,
      @Nullable CircuitBreaker circuitBreaker,
      @Nullable Hedging hedging,
      boolean fallback) {
    this(
        name,
        target,
        path,
        share,
        parallel,
        timeout,
        retries,
        connectionPool,
        circuitBreaker,
        hedging,
        fallback,
        null,
        null);
  }

  /** The same, asking a cache first. */
  public Call cache(Caching newCache) {
    return with(parts -> parts.cache = newCache);
  }

  /** The same with retries. */
  public Call retries(Retries newRetries) {
    return with(parts -> parts.retries = newRetries);
  }

  /** The same with another bound for its connections. */
  public Call connectionPool(ConnectionPool newPool) {
    return with(parts -> parts.connectionPool = newPool);
  }

  /** The same with a breaker. */
  public Call circuitBreaker(CircuitBreaker newBreaker) {
    return with(parts -> parts.circuitBreaker = newBreaker);
  }

  /** The same, asking twice. */
  public Call hedging(Hedging newHedging) {
    return with(parts -> parts.hedging = newHedging);
  }

  /** The same as one that the server can do without. */
  public Call optional() {
    return with(parts -> parts.fallback = true);
  }

  /** The same as one that the server can do without at a cost. */
  public Call optional(FallbackCost newCost) {
    return optional().with(parts -> parts.fallbackCost = newCost);
  }

  /** The same, beside the call before it. */
  public Call beside(String newName) {
    return with(
        parts -> {
          parts.name = newName;
          parts.parallel = true;
        });
  }

  /** How often one call may ask, the first time included. */
  public int maxAttempts() {
    return hedging != null ? hedging.maxAttempts() : 1 + (retries == null ? 0 : retries.max());
  }

  /** The same but for what is changed. */
  private Call with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.build();
  }

  /** All components, to be changed one by one. */
  private static final class Parts {
    private String name;
    private final String target;
    private final String path;
    private final Ratio share;
    private boolean parallel;
    private final Duration timeout;
    private @Nullable Retries retries;
    private @Nullable ConnectionPool connectionPool;
    private @Nullable CircuitBreaker circuitBreaker;
    private @Nullable Hedging hedging;
    private boolean fallback;
    private @Nullable FallbackCost fallbackCost;
    private @Nullable Caching cache;

    Parts(Call call) {
      name = call.name;
      target = call.target;
      path = call.path;
      share = call.share;
      parallel = call.parallel;
      timeout = call.timeout;
      retries = call.retries;
      connectionPool = call.connectionPool;
      circuitBreaker = call.circuitBreaker;
      hedging = call.hedging;
      fallback = call.fallback;
      fallbackCost = call.fallbackCost;
      cache = call.cache;
    }

    Call build() {
      return new Call(
          name,
          target,
          path,
          share,
          parallel,
          timeout,
          retries,
          connectionPool,
          circuitBreaker,
          hedging,
          fallback,
          fallbackCost,
          cache);
    }
  }
}
