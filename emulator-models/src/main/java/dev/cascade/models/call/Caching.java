package dev.cascade.models.call;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.memcache.CacheSet;
import dev.cascade.models.memcache.ServerRing;
import dev.cascade.node.Durations;
import dev.cascade.node.Ratio;
import dev.cascade.node.Size;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The cache that a call asks before its target (look-aside). What it misses is asked of the target
 * and then put in; a cache that does not answer counts as a miss.
 *
 * @param target the entry with the cache
 * @param ttl how long items live; null if they do not expire
 * @param ttlJitter the part of it by which chance shortens each item's life, at most
 * @param staleWhileRevalidate for how long after its ttl an item is still given out while one
 *     request fetches it anew in the background; null if not
 * @param coalescing what becomes of others that miss the same item
 * @param itemSize of a value; the default, 1 kB, is a guess
 * @param leaseTime after which somebody else is given the lease; Facebook's memcached: 10 s
 *     (Nishtala et al., NSDI 2013)
 * @param leaseWait after which those without the lease ask again; a guess
 * @param timeout after which the cache counts as lost; mcrouter's server_timeout_ms is 1 s
 * @param distribution how keys are spread over several servers
 * @param autoEjectHosts whether servers that fail are left out, so that others get their keys
 * @param serverFailureLimit failures in a row after which one is left out; twemproxy's default
 * @param serverRetryTimeout after which it is tried again; twemproxy's default
 */
public record Caching(
    @JsonPropertyDescription("The entry with the cache.") String target,
    @JsonPropertyDescription("How long items live; for ever if absent.") @Nullable Duration ttl,
    @JsonProperty(defaultValue = "0%")
        @JsonPropertyDescription("By how much of it chance shortens each item's life, at most.")
        Ratio ttlJitter,
    @JsonPropertyDescription("For how long an item is still given out while it is fetched anew.")
        @Nullable Duration staleWhileRevalidate,
    @JsonProperty(defaultValue = "none")
        @JsonPropertyDescription("What becomes of others that miss the same item.")
        Coalescing coalescing,
    @JsonProperty(defaultValue = "1kB") @JsonPropertyDescription("Size of a value.") Size itemSize,
    @JsonProperty(defaultValue = "10s")
        @JsonPropertyDescription("After which somebody else is given the lease.")
        Duration leaseTime,
    @JsonProperty(defaultValue = "10ms")
        @JsonPropertyDescription("After which those without the lease ask again.")
        Duration leaseWait,
    @JsonProperty(defaultValue = "1s")
        @JsonPropertyDescription("After which the cache counts as lost.")
        Duration timeout,
    @JsonProperty(defaultValue = "ketama")
        @JsonPropertyDescription("How keys are spread over several servers.")
        ServerRing.Distribution distribution,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription(
            "Whether servers that fail are left out, and others get their keys.")
        boolean autoEjectHosts,
    @JsonProperty(defaultValue = "2")
        @JsonPropertyDescription("Failures in a row after which a server is left out.")
        int serverFailureLimit,
    @JsonProperty(defaultValue = "30s")
        @JsonPropertyDescription("After which a server that was left out is tried again.")
        Duration serverRetryTimeout) {
  private static final long MAX_ITEM_BYTES = 1L << 30;

  public Caching {
    Durations.requirePositive("leaseTime", leaseTime);
    Durations.requirePositive("leaseWait", leaseWait);
    Durations.requirePositive("timeout", timeout);
    Durations.requirePositive("serverRetryTimeout", serverRetryTimeout);
    if (ttl != null) {
      Durations.requirePositive("ttl", ttl);
    } else if (staleWhileRevalidate != null) {
      throw new IllegalArgumentException(
          "The staleWhileRevalidate ("
              + staleWhileRevalidate
              + ") begins when the ttl ends, and there is none. Maybe ttl: 60s?");
    }
    if (staleWhileRevalidate != null) {
      Durations.requirePositive("staleWhileRevalidate", staleWhileRevalidate);
    }
    if (itemSize.bytes() > MAX_ITEM_BYTES) {
      throw new IllegalArgumentException(
          "The itemSize (" + itemSize + ") must not be larger than 1Gi. Maybe 1kB?");
    }
    if (serverFailureLimit < 1) {
      throw new IllegalArgumentException(
          "The serverFailureLimit (" + serverFailureLimit + ") must be at least 1. Maybe 2?");
    }
  }

  /** A cache whose items live for so long; null if they do not expire. */
  public static Caching of(String target, @Nullable Duration ttl) {
    return new Caching(
        target,
        ttl,
        Ratio.ZERO,
        null,
        Coalescing.NONE,
        new Size(1_000),
        Duration.ofSeconds(10),
        Duration.ofMillis(10),
        Duration.ofSeconds(1),
        ServerRing.Distribution.KETAMA,
        false,
        2,
        Duration.ofSeconds(30));
  }

  /** The same with another fate of those that miss together. */
  public Caching coalescing(Coalescing newCoalescing) {
    return new Caching(
        target,
        ttl,
        ttlJitter,
        staleWhileRevalidate,
        newCoalescing,
        itemSize,
        leaseTime,
        leaseWait,
        timeout,
        distribution,
        autoEjectHosts,
        serverFailureLimit,
        serverRetryTimeout);
  }

  /** The same, giving out items for longer while they are fetched anew. */
  public Caching staleWhileRevalidate(Duration newStale) {
    return new Caching(
        target,
        ttl,
        ttlJitter,
        newStale,
        coalescing,
        itemSize,
        leaseTime,
        leaseWait,
        timeout,
        distribution,
        autoEjectHosts,
        serverFailureLimit,
        serverRetryTimeout);
  }

  /** The same on several servers, of which those that fail are left out. */
  public Caching ejecting(ServerRing.Distribution newDistribution, Duration newTimeout) {
    return new Caching(
        target,
        ttl,
        ttlJitter,
        staleWhileRevalidate,
        coalescing,
        itemSize,
        leaseTime,
        leaseWait,
        newTimeout,
        newDistribution,
        true,
        serverFailureLimit,
        serverRetryTimeout);
  }

  /** How long a new item may be given out, stale or not, in nanoseconds. */
  long lifeNanos(RandomStream random) {
    return lifeNanos(ttl, ttlJitter, staleWhileRevalidate, random);
  }

  /** The same for a ttl, its jitter and the time that follows it. */
  public static long lifeNanos(
      @Nullable Duration ttl, Ratio jitter, @Nullable Duration stale, RandomStream random) {
    if (ttl == null) {
      return CacheSet.FOR_EVER;
    }
    long whole = ttl.toNanos();
    long shortened =
        jitter.value() == 0 ? 0 : (long) (whole * jitter.value() * random.nextDouble());
    return whole - shortened + (stale == null ? 0 : stale.toNanos());
  }
}
