package dev.cascade.models.ingestion;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;

/**
 * Load-balancer nodes of one configuration.
 *
 * @param target the entry behind them
 * @param open what the firewall lets in from outside, by protocol; all else is swallowed. The
 *     internal health check is always let in, as it comes from inside
 * @param healthPath what the internal health check asks for
 * @param cpu of a batch; a guess at a TCP proxy
 * @param relayTimeout after which a server has not taken what came as a datagram
 */
public record GatewayConfig(
    @JsonPropertyDescription("The entry of the topology behind them.") String target,
    @JsonPropertyDescription("Paths that the firewall lets in; others are swallowed.")
        List<String> open,
    @JsonProperty(defaultValue = "/health")
        @JsonPropertyDescription("What the internal health check asks for; always let in.")
        String healthPath,
    @Guess("a TCP proxy")
        @JsonProperty(defaultValue = "20us")
        @JsonPropertyDescription("CPU of a batch.")
        DurationDistribution cpu,
    @Guess("as long as a client would wait")
        @JsonProperty(defaultValue = "5s")
        @JsonPropertyDescription("After which a server has not taken a datagram.")
        Duration relayTimeout) {
  public GatewayConfig {
    Durations.requirePositive("relayTimeout", relayTimeout);
    open = List.copyOf(open);
  }
}
