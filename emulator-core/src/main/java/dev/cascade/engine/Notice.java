package dev.cascade.engine;

import dev.cascade.node.Address;
import dev.cascade.node.ReplyTo;
import org.jspecify.annotations.Nullable;

/** What one kernel tells another about a connection; no process ever sees it. */
final class Notice extends Parcel {
  enum Kind {
    REFUSED,
    RESET,
    /** Stands for the SYN-ACK that does not come: no packet, so it needs no link that works. */
    UNANSWERED
  }

  private final ReplyTo connection;
  private final Kind kind;
  private final @Nullable Message cause;

  Notice(ReplyTo connection, Kind kind, @Nullable Message cause) {
    this.connection = connection;
    this.kind = kind;
    this.cause = cause;
  }

  @Override
  Address to() {
    return connection.client();
  }

  long connection() {
    return connection.connection();
  }

  Kind kind() {
    return kind;
  }

  @Nullable Message cause() {
    return cause;
  }

  @Override
  public void fire() {
    shard().transport().deliver(this);
  }
}
