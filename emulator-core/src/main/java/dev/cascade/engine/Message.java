package dev.cascade.engine;

import dev.cascade.node.Address;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import org.apache.pekko.dispatch.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * One message from its sending to its handling: an event while it is on the network, then an entry
 * of a mailbox. It carries the turn that caused it, so that every effect leads back to its trigger.
 */
final class Message extends Parcel {
  /** The smallest frame of Ethernet (IEEE 802.3). */
  private static final int FRAME_MIN_BYTES = 64;

  /** How it travels. */
  enum Kind {
    /** Told directly: by a parent, a child, a {@code replyTo} or a timer. */
    TELL,
    DATAGRAM,
    REQUEST,
    REPLY,
    /** What a request came to, handed to its client by its own host. */
    OUTCOME
  }

  final Kind kind;
  final Object payload;
  final @Nullable Address from;
  final @Nullable Address to;
  final @Nullable ReplyTo connection;

  /** Key of the address it goes to, at hand when the address has left the caches; else 0. */
  final long toKey;

  /**
   * Name hash of the host whose turn sent it, and the number of that turn; 0 and 0 for the method.
   */
  final long causeHost;

  final long causeTurn;

  /** Hash of its serialized form in check mode, else 0. */
  long wireHash;

  /** How often its kernel has sent it again. */
  int resent;

  /** Who waits until a full mailbox has taken it. */
  @Nullable ProcessQueue blockedSender;

  /** What is done for its request is charged to this; null if it serves none. */
  @Nullable Bill bill;

  /** As Pekko made it, for messages that came by {@code tell}. */
  @Nullable Envelope envelope;

  Message(
      Kind kind,
      Object payload,
      @Nullable Address from,
      @Nullable Address to,
      @Nullable ReplyTo connection,
      long causeHost,
      long causeTurn) {
    this.kind = kind;
    this.payload = payload;
    this.from = from;
    this.to = to;
    this.connection = connection;
    this.toKey = to == null ? 0 : to.key();
    this.causeHost = causeHost;
    this.causeTurn = causeTurn;
  }

  /**
   * What it takes up on a wire. Nothing is smaller than a frame, so that what says no size keeps
   * its place behind what does.
   */
  int sizeBytes() {
    int bytes = payload instanceof WireMessage wire ? wire.sizeBytes() : 0;
    return Math.max(FRAME_MIN_BYTES, bytes);
  }

  /** A second copy of a datagram. */
  Message copy() {
    Message copy = new Message(kind, payload, from, to, connection, causeHost, causeTurn);
    copy.wireHash = wireHash;
    copy.bill = bill; // only one of them goes on
    return copy;
  }

  @Override
  Address to() {
    if (to == null) {
      throw new IllegalStateException("A message for nobody: " + this);
    }
    return to;
  }

  @Override
  public void fire() {
    shard().transport().arrive(this);
  }

  @Override
  public String toString() {
    return MessageType.nameOf(payload) + " " + (from == null ? "?" : from) + " -> " + to;
  }
}
