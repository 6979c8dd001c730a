package dev.cascade.engine;

import dev.cascade.node.Address;
import org.jspecify.annotations.Nullable;

/**
 * One message that an actor handled, for the comparison of two runs.
 *
 * @param timeNanos virtual time
 * @param host where; its messages of one time keep their order
 * @param receiver the actor that handled it
 * @param type simple name of the message's type
 * @param sender who sent it; null for timers and what was told directly
 * @param wireHash a hash of its serialized form; 0 outside of check mode
 */
public record HandledMessage(
    long timeNanos,
    String host,
    String receiver,
    String type,
    @Nullable String sender,
    long wireHash) {

  static HandledMessage of(
      long timeNanos, HostRuntime host, ProcessQueue process, MessageType type, Message message) {
    Address from = message.from;
    return new HandledMessage(
        timeNanos,
        host.info().name(),
        process.description(),
        type.name(),
        from == null ? null : from.toString(),
        message.wireHash);
  }
}
