package dev.cascade.models.http;

import dev.cascade.node.Outcome;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an attempt ended, as its client sees it. */
public enum Ending {
  /** The answer was one of the 200s or 300s. */
  SUCCESS,
  /** The answer was any other. */
  ERROR,
  /** No answer came in time. */
  TIMEOUT,
  /** Nobody took the connection. */
  REFUSED,
  /** The server died before it answered. */
  RESET;

  /** Reads an outcome. */
  public static Ending of(Outcome outcome) {
    if (outcome instanceof Outcome.Reply reply) {
      return reply.message() instanceof HttpResponse http && http.succeeded() ? SUCCESS : ERROR;
    } else if (outcome instanceof Outcome.Refused) {
      return REFUSED;
    } else if (outcome instanceof Outcome.Reset) {
      return RESET;
    }
    return TIMEOUT;
  }

  /** What a client that retries makes of it; null if it never does. */
  public static @Nullable RetryOn failure(Outcome outcome) {
    return switch (of(outcome)) {
      case SUCCESS -> null;
      case ERROR ->
          outcome instanceof Outcome.Reply reply
                  && reply.message() instanceof HttpResponse http
                  && http.status() >= 500
              ? RetryOn.SERVER_ERROR
              : null;
      case TIMEOUT -> RetryOn.TIMEOUT;
      case REFUSED -> RetryOn.CONNECT_FAILURE;
      case RESET -> RetryOn.RESET;
    };
  }

  /** The value of its label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
