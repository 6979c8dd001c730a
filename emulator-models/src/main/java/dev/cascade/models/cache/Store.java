package dev.cascade.models.cache;

import dev.cascade.models.memcache.CacheItem;
import dev.cascade.random.RandomStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The items of one cache server. One that has expired keeps its room until somebody asks for it or
 * it is evicted, as in memcached without its crawler.
 */
final class Store {
  private static final int NOBODY = -1;

  private final long maxBytes;
  private final int overheadBytes;
  private final Eviction eviction;
  private final RandomStream random;

  private final Map<Long, Integer> slots = new LinkedHashMap<>();
  private long[] keys = new long[64];
  private long[] expires = new long[64];
  private boolean[] lease = new boolean[64]; // a place for an item that somebody makes
  private boolean[] told = new boolean[64]; // somebody makes it anew
  private int[] valueBytes = new int[64];
  private int[] newer = new int[64];
  private int[] older = new int[64];
  private int newest = NOBODY;
  private int oldest = NOBODY;
  private int size;
  private long bytes;
  private long evictions;

  /**
   * An empty one.
   *
   * @param overheadBytes what an item needs besides its value
   * @param random chooses what is evicted, if chance does
   */
  Store(long maxBytes, int overheadBytes, Eviction eviction, RandomStream random) {
    this.maxBytes = maxBytes;
    this.overheadBytes = overheadBytes;
    this.eviction = eviction;
    this.random = random;
  }

  int size() {
    return size;
  }

  long bytes() {
    return bytes;
  }

  /** Items that had to go so far. */
  long evictions() {
    return evictions;
  }

  /**
   * Asks for an item, see {@link dev.cascade.models.memcache.CacheGet}.
   *
   * @param now the cache's clock
   */
  CacheItem get(long key, long vivifyNanos, long recacheNanos, long now) {
    Integer slot = slots.get(key);
    if (slot == null || expires[slot] <= now) {
      if (slot != null) {
        remove(slot);
      }
      if (vivifyNanos == 0) {
        return CacheItem.MISS;
      }
      boolean leased = put(key, 0, now + vivifyNanos);
      if (leased) {
        lease[newest] = true;
      }
      return new CacheItem(false, leased, false, 0);
    }
    touch(slot);
    if (lease[slot]) {
      return new CacheItem(false, false, true, 0);
    }
    boolean dueSoon = expires[slot] - now < recacheNanos;
    boolean wins = dueSoon && !told[slot];
    if (wins) {
      told[slot] = true;
    }
    return new CacheItem(true, wins, dueSoon && !wins, valueBytes[slot]);
  }

  /**
   * Puts an item in until it expires, in place of the one before.
   *
   * @return false if there is no room for it
   */
  boolean put(long key, int itemBytes, long expiresNanos) {
    Integer before = slots.get(key);
    if (before != null) {
      remove(before);
    }
    if (!makeRoom((long) overheadBytes + itemBytes)) {
      return false;
    }
    if (size == keys.length) {
      grow();
    }
    int slot = size++;
    slots.put(key, slot);
    keys[slot] = key;
    expires[slot] = expiresNanos;
    lease[slot] = false;
    told[slot] = false;
    valueBytes[slot] = itemBytes;
    bytes += (long) overheadBytes + itemBytes;
    linkAsNewest(slot);
    return true;
  }

  /** Who was to make an item anew could not: the next who asks is told to. */
  void failed(long key) {
    Integer slot = slots.get(key);
    if (slot != null) {
      told[slot] = false;
    }
  }

  private boolean makeRoom(long needed) {
    if (needed > maxBytes) {
      return false;
    }
    while (bytes + needed > maxBytes) {
      if (eviction == Eviction.NONE) {
        return false;
      }
      remove(eviction == Eviction.LRU ? oldest : random.nextInt(size));
      evictions++;
    }
    return true;
  }

  private void grow() {
    int length = 2 * keys.length;
    keys = Arrays.copyOf(keys, length);
    expires = Arrays.copyOf(expires, length);
    lease = Arrays.copyOf(lease, length);
    told = Arrays.copyOf(told, length);
    valueBytes = Arrays.copyOf(valueBytes, length);
    newer = Arrays.copyOf(newer, length);
    older = Arrays.copyOf(older, length);
  }

  private void touch(int slot) {
    if (slot != newest) {
      unlink(slot);
      linkAsNewest(slot);
    }
  }

  private void linkAsNewest(int slot) {
    older[slot] = newest;
    newer[slot] = NOBODY;
    if (newest != NOBODY) {
      newer[newest] = slot;
    } else {
      oldest = slot;
    }
    newest = slot;
  }

  private void unlink(int slot) {
    if (newer[slot] != NOBODY) {
      older[newer[slot]] = older[slot];
    } else {
      newest = older[slot];
    }
    if (older[slot] != NOBODY) {
      newer[older[slot]] = newer[slot];
    } else {
      oldest = newer[slot];
    }
  }

  /** Takes an item out; the last slot moves to its place, so that slots stay dense. */
  private void remove(int slot) {
    unlink(slot);
    slots.remove(keys[slot]);
    bytes -= (long) overheadBytes + valueBytes[slot];
    int last = --size;
    if (slot == last) {
      return;
    }
    keys[slot] = keys[last];
    expires[slot] = expires[last];
    lease[slot] = lease[last];
    told[slot] = told[last];
    valueBytes[slot] = valueBytes[last];
    newer[slot] = newer[last];
    older[slot] = older[last];
    if (newer[slot] != NOBODY) {
      older[newer[slot]] = slot;
    } else {
      newest = slot;
    }
    if (older[slot] != NOBODY) {
      newer[older[slot]] = slot;
    } else {
      oldest = slot;
    }
    slots.put(keys[slot], slot);
  }
}
