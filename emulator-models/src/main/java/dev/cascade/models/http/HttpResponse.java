package dev.cascade.models.http;

import dev.cascade.node.WireMessage;

/**
 * The answer to a request.
 *
 * @param status as in RFC 9110: 200, 404, 503
 * @param bodyBytes what comes after the headers
 */
public record HttpResponse(int status, int bodyBytes) implements WireMessage {
  /** Status line and headers: a guess. */
  private static final int HEADER_BYTES = 300;

  /** The request has succeeded. */
  public static final HttpResponse OK = new HttpResponse(200);

  /** The request cannot be understood. */
  public static final HttpResponse BAD_REQUEST = new HttpResponse(400);

  /** Nothing is there. */
  public static final HttpResponse NOT_FOUND = new HttpResponse(404);

  /** The server could not do what was asked. */
  public static final HttpResponse SERVER_ERROR = new HttpResponse(500);

  /** What the server itself asked has failed. */
  public static final HttpResponse BAD_GATEWAY = new HttpResponse(502);

  /** The server has no capacity for it now. */
  public static final HttpResponse SERVICE_UNAVAILABLE = new HttpResponse(503);

  /** What the server itself asked has not answered in time. */
  public static final HttpResponse GATEWAY_TIMEOUT = new HttpResponse(504);

  /** An answer without a body. */
  public HttpResponse(int status) {
    this(status, 0);
  }

  @Override
  public int sizeBytes() {
    return HEADER_BYTES + bodyBytes;
  }

  /** Whether a client takes it for a success: the 200s and 300s. */
  public boolean succeeded() {
    return status >= 200 && status < 400;
  }
}
