package dev.cascade.models.memcache;

import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireRequest;

/**
 * Asks for an item: memcached's {@code mg}.
 *
 * @param key of the item
 * @param vivifyNanos if it is not there, who asks first is given the lease to make it, for so long:
 *     flag N; 0 for no leases
 * @param recacheNanos if it expires within that time, who asks first is told to make it anew: flag
 *     R; 0 for nobody
 * @param replyTo the connection
 */
public record CacheGet(long key, long vivifyNanos, long recacheNanos, ReplyTo replyTo)
    implements WireRequest {
  /** A command line with a key of some 40 bytes, and TCP's headers: a guess. */
  static final int COMMAND_BYTES = 100;

  @Override
  public int sizeBytes() {
    return COMMAND_BYTES;
  }
}
