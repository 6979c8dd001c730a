package dev.cascade.models.memcache;

import dev.cascade.node.WireMessage;

/**
 * What a cache knows of an item.
 *
 * @param found whether its value is in the answer
 * @param won whether who asked is to make it, and nobody else: flag W
 * @param beaten whether somebody else was told to make it: flag Z
 * @param valueBytes of the value
 */
public record CacheItem(boolean found, boolean won, boolean beaten, int valueBytes)
    implements WireMessage {
  /** It is not there, and nobody was told to make it. */
  public static final CacheItem MISS = new CacheItem(false, false, false, 0);

  @Override
  public int sizeBytes() {
    return CacheGet.COMMAND_BYTES + (found ? valueBytes : 0);
  }
}
