package dev.cascade.engine;

import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;

/** A message that says one thing, for tests. */
record Word(String text, int bytes) implements WireMessage {
  Word(String text) {
    this(text, 0);
  }

  @Override
  public int sizeBytes() {
    return bytes;
  }

  /** A question that says one thing. */
  record Ask(ReplyTo replyTo, String text) implements WireRequest {}
}
