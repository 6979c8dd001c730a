package dev.cascade.node;

/** A message that opens a connection and expects one answer, see {@link Env#request}. */
public interface WireRequest extends WireMessage {
  /** Where the answer goes; made by {@link Env#request}, and handed on unchanged by proxies. */
  ReplyTo replyTo();
}
