package dev.cascade.models.http;

import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireRequest;

/**
 * A request on a connection of its own.
 *
 * @param path what is asked for, {@code /price}; no host name, as the address says whom it reaches
 * @param replyTo the connection
 * @param startNanos when a proxy opened the connection, by its own clock, as it writes into the
 *     header X-Request-Start; negative if nobody says
 */
public record HttpRequest(String path, ReplyTo replyTo, long startNanos) implements WireRequest {
  /** A request that does not say when it began. */
  public HttpRequest(String path, ReplyTo replyTo) {
    this(path, replyTo, -1);
  }
}
