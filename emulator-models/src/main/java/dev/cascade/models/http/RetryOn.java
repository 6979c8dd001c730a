package dev.cascade.models.http;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What makes a client send a request again; Envoy's words, and its own for time-outs. */
public enum RetryOn {
  /** No answer came in time. */
  TIMEOUT,
  /** The connection was refused. */
  CONNECT_FAILURE,
  /** The server died before it answered. */
  RESET,
  /** The server answered with 500 to 599. */
  @JsonProperty("5xx")
  SERVER_ERROR
}
