package dev.cascade.models.memcache;

import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireRequest;

/**
 * Puts an item in: memcached's {@code ms}.
 *
 * @param key of the item
 * @param ttlNanos how long it may be given out; {@link #FOR_EVER} if it does not expire
 * @param valueBytes of the value
 * @param replyTo the connection
 */
public record CacheSet(long key, long ttlNanos, int valueBytes, ReplyTo replyTo)
    implements WireRequest {
  /** An item that does not expire. */
  public static final long FOR_EVER = Long.MAX_VALUE;

  @Override
  public int sizeBytes() {
    return CacheGet.COMMAND_BYTES + valueBytes;
  }
}
