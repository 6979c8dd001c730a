package dev.cascade.models.cache;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.QueueSpec;
import dev.cascade.node.Size;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A cache. Each replica is a server with a memory of its own, which a restart loses.
 *
 * @param maxMemory for items, of each server; memcached's default is 64 MiB
 * @param eviction which item goes when there is no room; Redis's default is none, its documentation
 *     advises allkeys-lru
 * @param itemOverhead what an item needs besides its value: memcached's header of 48 bytes, 8 for
 *     its check-and-set, and a short key
 * @param getCpu CPU time of an item asked for; 10 µs are the 100,000/s of a Redis thread
 * @param setCpu CPU time of an item put in
 * @param threads memcached's default is 4; Redis has one
 * @param queue where requests wait for a thread; memcached's backlog is 1024
 * @param cores of each host; the default, 4, is a guess at a small instance
 * @param origin where it reads through to what it misses; null if its clients look aside
 */
public record CacheConfig(
    @JsonProperty(defaultValue = "64Mi")
        @JsonPropertyDescription("Memory for items, of each server.")
        Size maxMemory,
    @JsonProperty(defaultValue = "allkeys-lru")
        @JsonPropertyDescription("Which item goes when there is no room.")
        Eviction eviction,
    @JsonProperty(defaultValue = "60B")
        @JsonPropertyDescription("What an item needs besides its value.")
        Size itemOverhead,
    @JsonProperty(defaultValue = "10us") @JsonPropertyDescription("CPU time of an item asked for.")
        DurationDistribution getCpu,
    @JsonProperty(defaultValue = "10us") @JsonPropertyDescription("CPU time of an item put in.")
        DurationDistribution setCpu,
    @JsonProperty(defaultValue = "4") @JsonPropertyDescription("Threads of each server.")
        int threads,
    @JsonProperty(defaultValue = "{capacity: 1024}")
        @JsonPropertyDescription("Where requests wait for a thread.")
        QueueSpec queue,
    @JsonProperty(defaultValue = "4") @JsonPropertyDescription("Cores of each host.") int cores,
    @JsonPropertyDescription("Where it reads through to; clients look aside if absent.")
        @Nullable Origin origin) {
  public CacheConfig {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "The threads (" + threads + ") must be at least 1. Maybe 4?");
    }
    if (cores < 1) {
      throw new IllegalArgumentException("The cores (" + cores + ") must be at least 1. Maybe 4?");
    }
    if (itemOverhead.bytes() < 1 || itemOverhead.bytes() > 1_000_000) {
      throw new IllegalArgumentException(
          "The itemOverhead (" + itemOverhead + ") must be 1B to 1MB. Maybe 60B?");
    }
    if (maxMemory.bytes() / itemOverhead.bytes() > Integer.MAX_VALUE / 4) {
      throw new IllegalArgumentException(
          "The maxMemory (" + maxMemory + ") is more than can be emulated. Maybe 1Gi?");
    }
  }

  /** A cache to look aside at, with the defaults but for its memory. */
  public static CacheConfig of(Size maxMemory, Eviction eviction) {
    DurationDistribution cpu = DurationDistribution.constant(Duration.ofNanos(10_000));
    return new CacheConfig(
        maxMemory, eviction, new Size(60), cpu, cpu, 4, QueueSpec.of(1024), 4, null);
  }

  /** The same, reading through. */
  public CacheConfig origin(Origin newOrigin) {
    return new CacheConfig(
        maxMemory, eviction, itemOverhead, getCpu, setCpu, threads, queue, cores, newOrigin);
  }

  /** Items of this size that fit into one server. */
  long items(long valueBytes) {
    return maxMemory.bytes() / (itemOverhead.bytes() + valueBytes);
  }
}
