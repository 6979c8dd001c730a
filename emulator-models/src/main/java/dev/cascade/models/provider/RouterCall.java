package dev.cascade.models.provider;

import dev.cascade.node.Address;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;

/** What the provider's own network is told. */
sealed interface RouterCall extends WireRequest {
  /** Where does it lead? */
  record GetRoute(ReplyTo replyTo) implements RouterCall {}

  /** It is to lead there, and swallows what comes in the meantime. */
  record SetRoute(Address to, long swallowNanos, ReplyTo replyTo) implements RouterCall {}

  /** Where it leads. */
  record Route(Address to) implements WireMessage {}
}
