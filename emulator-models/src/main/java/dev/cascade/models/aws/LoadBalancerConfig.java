package dev.cascade.models.aws;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

/**
 * An application load balancer.
 *
 * @param targetGroups which serve its requests in turn
 * @param healthCheck how each node checks each target of each group
 * @param targetsMax targets that may be registered (AWS's quota is 1,000); 0 if as many
 * @param idleTimeout after which a request is given up (AWS: 60 s)
 * @param resync between two full lists of targets that a node asks for; a guess
 */
public record LoadBalancerConfig(
    @JsonPropertyDescription("Which serve its requests in turn.")
        List<TargetGroupConfig> targetGroups,
    @JsonProperty(defaultValue = "{}")
        @JsonPropertyDescription("How each node checks each target of each group.")
        HealthCheckConfig healthCheck,
    @JsonProperty(defaultValue = "1000")
        @JsonPropertyDescription("Targets that may be registered; 0 stands for AWS's quota, 1000.")
        int targetsMax,
    @JsonProperty(defaultValue = "60s")
        @JsonPropertyDescription("After which a request is given up.")
        Duration idleTimeout,
    @Guess("no source: a node asks again, lest a message was lost")
        @JsonProperty(defaultValue = "10s")
        @JsonPropertyDescription("Between two full lists of targets that a node asks for.")
        Duration resync) {
  /** AWS: targets for one load balancer. */
  public static final int QUOTA = 1000;

  /**
   * A target group.
   *
   * @param name unique in the load balancer
   * @param process that takes connections on each target, {@code kube-proxy/30080}
   */
  public record TargetGroupConfig(
      @JsonPropertyDescription("Unique in the load balancer.") String name,
      @JsonPropertyDescription("The process that takes connections on each target.")
          String process) {}

  public LoadBalancerConfig {
    Durations.requirePositive("idleTimeout", idleTimeout);
    Durations.requirePositive("resync", resync);
    targetGroups = List.copyOf(targetGroups);
    if (targetGroups.isEmpty()) {
      throw new IllegalArgumentException("The targetGroups (none) must be at least one.");
    }
    TreeSet<String> names = new TreeSet<>();
    for (TargetGroupConfig group : targetGroups) {
      if (!names.add(group.name())) {
        throw new IllegalArgumentException(
            "The targetGroups (" + group.name() + ") must differ in name.");
      }
    }
    if (targetsMax < 0) {
      throw new IllegalArgumentException(
          "The targetsMax (" + targetsMax + ") cannot be negative. Maybe 0?");
    }
  }

  /** AWS's defaults, with these groups and checks. */
  public static LoadBalancerConfig of(
      List<TargetGroupConfig> targetGroups, HealthCheckConfig healthCheck) {
    return new LoadBalancerConfig(
        targetGroups, healthCheck, QUOTA, Duration.ofSeconds(60), Duration.ofSeconds(10));
  }

  /** Targets that may be registered. */
  int quota() {
    return targetsMax == 0 ? QUOTA : targetsMax;
  }
}
