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
 * @param deadlineNanos when its client stops waiting, by the client's clock; negative if nobody
 *     says. gRPC's header grpc-timeout says how long it is until then, which does not count what
 *     the request spends under way and in the listen queue
 * @param key what is asked for of many alike, 0 or more; negative if nobody says. Caches, rows and
 *     partitions go by it
 */
public record HttpRequest(
    String path, ReplyTo replyTo, long startNanos, long deadlineNanos, long key)
    implements WireRequest {
  /** A moment or a key that nobody said. */
  public static final long UNKNOWN = -1;

  /** Request line and headers, as a browser or a proxy sends them: a guess. */
  private static final int HEADER_BYTES = 500;

  /** A request that does not say when it began or when it must end. */
  public HttpRequest(String path, ReplyTo replyTo) {
    this(path, replyTo, UNKNOWN, UNKNOWN, UNKNOWN);
  }

  /** A request without a key whose client waits until then. */
  public static HttpRequest until(long deadlineNanos, String path, ReplyTo replyTo) {
    return until(deadlineNanos, path, UNKNOWN, replyTo);
  }

  /** A request whose client waits until then. */
  public static HttpRequest until(long deadlineNanos, String path, long key, ReplyTo replyTo) {
    return new HttpRequest(path, replyTo, UNKNOWN, deadlineNanos, key);
  }

  @Override
  public String subject() {
    return path;
  }

  @Override
  public int sizeBytes() {
    return HEADER_BYTES + path.length();
  }
}
