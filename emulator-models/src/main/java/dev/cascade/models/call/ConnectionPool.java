package dev.cascade.models.call;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the connections of one call of one server process. Words and defaults are those of Envoy's
 * circuit_breakers.
 *
 * @param maxConnections requests that are open at once
 * @param maxPendingRequests requests that wait for a connection; more fail at once
 * @param pendingTimeout how long they wait; null if as long as the call's time-out allows
 */
public record ConnectionPool(
    @JsonProperty(defaultValue = "1024") @JsonPropertyDescription("Requests that are open at once.")
        int maxConnections,
    @JsonProperty(defaultValue = "1024")
        @JsonPropertyDescription("Requests that wait for a connection; more fail at once.")
        int maxPendingRequests,
    @JsonPropertyDescription(
            "How long they wait for one; as long as the call's timeout allows if absent.")
        @Nullable Duration pendingTimeout) {
  public ConnectionPool {
    if (maxConnections < 1) {
      throw new IllegalArgumentException(
          "The maxConnections ("
              + maxConnections
              + ") must be at least 1: nothing would be asked. Maybe leave the call out?");
    }
    if (maxPendingRequests < 0) {
      throw new IllegalArgumentException(
          "The maxPendingRequests ("
              + maxPendingRequests
              + ") cannot be negative. Maybe 0, if none may wait?");
    }
    if (pendingTimeout != null && (pendingTimeout.isNegative() || pendingTimeout.isZero())) {
      throw new IllegalArgumentException(
          "The pendingTimeout ("
              + pendingTimeout
              + ") must be longer than zero. Maybe maxPendingRequests: 0, if none may wait?");
    }
  }

  /** So many connections, and nobody waits for one. */
  public static ConnectionPool withoutPending(int maxConnections) {
    return new ConnectionPool(maxConnections, 0, null);
  }
}
