package dev.cascade.models.http;

import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireRequest;

/**
 * A request on a connection of its own.
 *
 * @param path what is asked for, {@code /price}; no host name, as the address says whom it reaches
 * @param replyTo the connection
 */
public record HttpRequest(String path, ReplyTo replyTo) implements WireRequest {}
