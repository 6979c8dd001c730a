package dev.cascade.models.cache;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.call.Call;
import dev.cascade.node.Durations;
import dev.cascade.node.Ratio;
import dev.cascade.node.Size;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a cache reads through to, as nginx and Varnish do.
 *
 * @param call how the origin is asked
 * @param ttl how long items live; null if they do not expire
 * @param ttlJitter the part of it by which chance shortens each item's life, at most
 * @param staleWhileRevalidate for how long after its ttl an item is still given out while one
 *     request fetches it anew (RFC 5861); null if not
 * @param cacheLock whether those that miss an item wait for the one that fetches it already;
 *     nginx's proxy_cache_lock is off, Varnish does so
 * @param itemSize of a value; the default, 1 kB, is a guess
 * @param maxFetching requests that may wait for the origin at once; nginx's worker_connections are
 *     512, more get a 503
 */
public record Origin(
    @JsonPropertyDescription("How the origin is asked.") Call call,
    @JsonPropertyDescription("How long items live; for ever if absent.") @Nullable Duration ttl,
    @JsonProperty(defaultValue = "0%")
        @JsonPropertyDescription("By how much of it chance shortens each item's life, at most.")
        Ratio ttlJitter,
    @JsonPropertyDescription("For how long an item is still given out while it is fetched anew.")
        @Nullable Duration staleWhileRevalidate,
    @JsonProperty(defaultValue = "false")
        @JsonPropertyDescription("Whether those that miss an item wait for the first of them.")
        boolean cacheLock,
    @JsonProperty(defaultValue = "1kB") @JsonPropertyDescription("Size of a value.") Size itemSize,
    @JsonProperty(defaultValue = "512")
        @JsonPropertyDescription("Requests that may wait for the origin; more get a 503.")
        int maxFetching) {
  public Origin {
    if (call.cache() != null) {
      throw new IllegalArgumentException(
          "The cache ("
              + call.cache().target()
              + ") of an origin's call cannot be: it is asked by one. Maybe leave it out?");
    }
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
    if (itemSize.bytes() > 1L << 30) {
      throw new IllegalArgumentException(
          "The itemSize (" + itemSize + ") must not be larger than 1Gi. Maybe 1kB?");
    }
    if (maxFetching < 1) {
      throw new IllegalArgumentException(
          "The maxFetching (" + maxFetching + ") must be at least 1. Maybe 512?");
    }
  }

  /** An origin that each miss asks on its own. */
  public static Origin of(Call call, @Nullable Duration ttl) {
    return new Origin(call, ttl, Ratio.ZERO, null, false, new Size(1_000), 512);
  }

  /** The same where those that miss an item wait for the first of them. */
  public Origin locked() {
    return new Origin(call, ttl, ttlJitter, staleWhileRevalidate, true, itemSize, maxFetching);
  }
}
