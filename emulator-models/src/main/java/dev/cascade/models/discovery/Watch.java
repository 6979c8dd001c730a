package dev.cascade.models.discovery;

import dev.cascade.node.Address;
import dev.cascade.node.WireMessage;

/**
 * A client wants to know where an entry serves, now and whenever that changes.
 *
 * @param watcher whom {@link Endpoints} are sent to
 */
public record Watch(Address watcher) implements WireMessage {
  /** A call of a discovery API without what it tells: a guess. */
  static final int BYTES = 500;

  @Override
  public int sizeBytes() {
    return BYTES;
  }
}
