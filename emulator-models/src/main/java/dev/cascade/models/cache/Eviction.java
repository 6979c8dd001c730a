package dev.cascade.models.cache;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which item goes when a new one needs its room; Redis's maxmemory-policy. */
public enum Eviction {
  /**
   * The one that was asked for least recently; Redis takes the oldest of five, here it is exact.
   */
  @JsonProperty("allkeys-lru")
  LRU,
  /** Any. */
  @JsonProperty("allkeys-random")
  RANDOM,
  /** None: the new one is not stored. */
  @JsonProperty("noeviction")
  NONE
}
