package dev.cascade.models.frontend;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import java.time.Duration;

/**
 * A front end.
 *
 * @param etcd the entry whose machines run etcd
 * @param refresh how often it reads the keys
 * @param timeout after which a backend has failed
 * @param tries backends that are asked for one request at most
 * @param connections requests that are not answered yet; more are refused
 * @param cpu of a request
 */
public record FrontEndConfig(
    @JsonPropertyDescription("The entry whose machines run etcd.") String etcd,
    @Guess("a confd that looks often")
        @JsonProperty(defaultValue = "2s")
        @JsonPropertyDescription("How often it reads the keys.")
        Duration refresh,
    @Guess("a proxy's patience with a small request")
        @JsonProperty(defaultValue = "2s")
        @JsonPropertyDescription("After which a backend has failed.")
        Duration timeout,
    @JsonProperty(defaultValue = "4")
        @JsonPropertyDescription("Backends asked for one request; HAProxy's 3 retries.")
        int tries,
    @JsonProperty(defaultValue = "2000")
        @JsonPropertyDescription("Requests under way; more are refused: HAProxy's maxconn.")
        int connections,
    @Guess("a proxy's share of a request")
        @JsonProperty(defaultValue = "100us")
        @JsonPropertyDescription("CPU of a request.")
        Duration cpu) {
  public FrontEndConfig {
    Durations.requirePositive("refresh", refresh);
    Durations.requirePositive("timeout", timeout);
    if (tries < 1 || connections < 1) {
      throw new IllegalArgumentException(
          "The tries ("
              + tries
              + ") and the connections ("
              + connections
              + ") must be at least 1.");
    }
  }
}
