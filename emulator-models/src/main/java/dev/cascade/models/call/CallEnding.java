package dev.cascade.models.call;

import dev.cascade.models.http.Ending;
import dev.cascade.models.http.HttpResponse;
import java.util.Locale;

/** How a call ended, or an attempt of it. */
public enum CallEnding {
  /** The answer was one of the 200s or 300s. */
  SUCCESS,
  /** The answer was any other. */
  ERROR,
  /** No answer came in time. */
  TIMEOUT,
  /** Nobody took the connection. */
  REFUSED,
  /** The server died before it answered. */
  RESET,
  /** No connection was free, and too many waited for one, or this one too long. */
  OVERFLOW,
  /** The circuit breaker let nothing through. */
  CIRCUIT_OPEN,
  /** Its own caller had stopped waiting before it was made. */
  DEADLINE;

  /** What an attempt's ending is. */
  static CallEnding of(Ending ending) {
    return switch (ending) {
      case SUCCESS -> SUCCESS;
      case ERROR -> ERROR;
      case TIMEOUT -> TIMEOUT;
      case REFUSED -> REFUSED;
      case RESET -> RESET;
    };
  }

  /** What the server answers whose call ended so, if it cannot do without; Envoy's codes. */
  public HttpResponse response() {
    return switch (this) {
      case SUCCESS -> HttpResponse.OK;
      case ERROR, REFUSED, RESET -> HttpResponse.BAD_GATEWAY;
      case TIMEOUT, DEADLINE -> HttpResponse.GATEWAY_TIMEOUT;
      case OVERFLOW, CIRCUIT_OPEN -> HttpResponse.SERVICE_UNAVAILABLE;
    };
  }

  /** The value of its label. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
