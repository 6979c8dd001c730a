package dev.cascade.models.raft;

import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireRequest;

/** What a client asks of any member, and the leader answers. */
public interface LeaderCall extends WireRequest {
  /** Whether another member has handed it on, and will see to it if this one does not lead. */
  boolean forwarded();

  /** The same over a member's own connection to the leader. */
  LeaderCall forwardedOver(ReplyTo connection);

  /** Whether nothing changes by it, so that it may be asked twice. */
  boolean isRead();
}
