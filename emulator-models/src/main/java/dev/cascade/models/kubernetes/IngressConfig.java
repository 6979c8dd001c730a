package dev.cascade.models.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Guess;
import dev.cascade.random.DurationDistribution;
import java.util.Map;

/**
 * A reverse proxy in pods of its own, as nginx is.
 *
 * @param healthPath answered by the proxy itself
 * @param routes the service for each path
 * @param cpu CPU time of a request; the default, 0.1 ms, is a guess from nginx's 10,000 requests a
 *     second and core
 */
public record IngressConfig(
    @JsonProperty(defaultValue = "/health")
        @JsonPropertyDescription("Answered by the proxy itself.")
        String healthPath,
    @JsonPropertyDescription("The service for each path.") Map<String, String> routes,
    @Guess("10,000 requests a second and core of nginx")
        @JsonProperty(defaultValue = "100us")
        @JsonPropertyDescription("CPU time of a request.")
        DurationDistribution cpu) {}
