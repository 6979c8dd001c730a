package dev.cascade.models.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import java.time.Duration;

/**
 * How the cluster grows and shrinks. The defaults are those of cluster-autoscaler 0.5.
 *
 * @param group the scaling group that it resizes, an entry of the topology
 * @param interval between two looks at the cluster
 * @param nodesMin nodes that the cluster never has fewer of, all groups together; 0 if none
 * @param nodesMax nodes that it never grows beyond (--max-nodes-total)
 * @param scaleDown whether it takes away nodes that are not needed
 * @param scaleDownThreshold a node is not needed when less than this share of its cores is
 *     requested, and its pods would fit elsewhere
 * @param scaleDownUnneeded for how long before it is taken away
 * @param scaleDownAfterAdd nothing is taken away for so long after the cluster grew
 */
public record AutoscalerConfig(
    @JsonPropertyDescription("The scaling group that it resizes, an entry of the topology.")
        String group,
    @JsonProperty(defaultValue = "10s") @JsonPropertyDescription("Between two looks.")
        Duration interval,
    @JsonProperty(defaultValue = "0")
        @JsonPropertyDescription("Nodes that the cluster never has fewer of; 0 if no such bound.")
        int nodesMin,
    @Guess("a bound beyond any use")
        @JsonProperty(defaultValue = "1000")
        @JsonPropertyDescription("Nodes that the cluster never grows beyond.")
        int nodesMax,
    @JsonProperty(defaultValue = "true")
        @JsonPropertyDescription("Whether it takes away nodes that are not needed.")
        boolean scaleDown,
    @JsonProperty(defaultValue = "0.5")
        @JsonPropertyDescription("A node with less than this share requested is not needed.")
        double scaleDownThreshold,
    @JsonProperty(defaultValue = "10m")
        @JsonPropertyDescription("For how long, before it is taken away.")
        Duration scaleDownUnneeded,
    @JsonProperty(defaultValue = "10m")
        @JsonPropertyDescription("Nothing is taken away for so long after the cluster grew.")
        Duration scaleDownAfterAdd) {
  public AutoscalerConfig {
    Durations.requirePositive("interval", interval);
    if (nodesMin > nodesMax) {
      throw new IllegalArgumentException(
          "The nodesMin (" + nodesMin + ") must not exceed the nodesMax (" + nodesMax + ").");
    }
  }

  /** The defaults for a group. */
  public static AutoscalerConfig of(String group) {
    return new AutoscalerConfig(
        group,
        Duration.ofSeconds(10),
        0,
        1000,
        true,
        0.5,
        Duration.ofMinutes(10),
        Duration.ofMinutes(10));
  }
}
