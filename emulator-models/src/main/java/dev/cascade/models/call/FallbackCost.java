package dev.cascade.models.call;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.random.DurationDistribution;

/**
 * What it costs a server to do without an answer: to compute a default, or to read an old copy.
 *
 * @param cpu CPU time, on a core of its own
 * @param hold time besides
 */
public record FallbackCost(
    @JsonProperty(defaultValue = "0s") @JsonPropertyDescription("CPU time, on a core of its own.")
        DurationDistribution cpu,
    @JsonProperty(defaultValue = "0s") @JsonPropertyDescription("Time besides, without CPU.")
        DurationDistribution hold) {}
