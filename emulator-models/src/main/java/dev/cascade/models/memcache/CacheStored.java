package dev.cascade.models.memcache;

import dev.cascade.node.WireMessage;

/**
 * The answer to a {@link CacheSet}.
 *
 * @param stored false if there was no room, and nothing may be evicted
 */
public record CacheStored(boolean stored) implements WireMessage {
  @Override
  public int sizeBytes() {
    return CacheGet.COMMAND_BYTES;
  }
}
