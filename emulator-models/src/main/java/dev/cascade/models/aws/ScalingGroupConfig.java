package dev.cascade.models.aws;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.kubernetes.NodeConfig;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import java.time.Duration;
import java.util.List;

/**
 * An Auto Scaling group whose instances are nodes of a Kubernetes cluster. The entry's replicas are
 * what it begins with.
 *
 * @param min instances that it never has fewer of
 * @param max that it never has more of
 * @param cluster that its instances join, an entry of the topology
 * @param node the instances
 * @param loadBalancers whose target groups are attached: every instance is registered in all of
 *     them ("Attach an Elastic Load Balancing load balancer to your Auto Scaling group")
 * @param launchTime from the decision to an instance that has booted; with the node's 30 s until it
 *     registers within the 2 to 4 minutes that a node takes on AWS (a guess: components A8)
 * @param deregistrationDelay an instance that is given back is first deregistered, and ends after
 *     this (AWS: 300 s)
 * @param retry before an attempt to register that failed is repeated; a guess
 */
public record ScalingGroupConfig(
    @JsonPropertyDescription("Instances that it never has fewer of.") int min,
    @JsonPropertyDescription("Instances that it never has more of.") int max,
    @JsonPropertyDescription("The cluster that its instances join, an entry of the topology.")
        String cluster,
    @JsonProperty(defaultValue = "{}") @JsonPropertyDescription("The instances.") NodeConfig node,
    @JsonPropertyDescription("Every instance is registered in all their target groups.")
        List<String> loadBalancers,
    @Guess("with 30 s of registration within the 2 to 4 minutes that AWS takes")
        @JsonProperty(defaultValue = "150s")
        @JsonPropertyDescription("From the decision to an instance that has booted.")
        Duration launchTime,
    @JsonProperty(defaultValue = "300s")
        @JsonPropertyDescription("From an instance's deregistration to its end.")
        Duration deregistrationDelay,
    @Guess("no source")
        @JsonProperty(defaultValue = "10s")
        @JsonPropertyDescription("Before an attempt to register that failed is repeated.")
        Duration retry) {
  public ScalingGroupConfig {
    Durations.requirePositive("retry", retry);
    loadBalancers = List.copyOf(loadBalancers);
    if (min < 0 || min > max) {
      throw new IllegalArgumentException(
          "The min (" + min + ") must lie between 0 and the max (" + max + ").");
    }
  }

  /** The defaults. */
  public static ScalingGroupConfig of(
      int min, int max, String cluster, NodeConfig node, List<String> loadBalancers) {
    return new ScalingGroupConfig(
        min,
        max,
        cluster,
        node,
        loadBalancers,
        Duration.ofSeconds(150),
        Duration.ofSeconds(300),
        Duration.ofSeconds(10));
  }
}
