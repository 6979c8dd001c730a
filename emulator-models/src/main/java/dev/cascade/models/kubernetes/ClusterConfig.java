package dev.cascade.models.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.node.Suggestion;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A cluster: its control plane, and what runs on it.
 *
 * @param deployments what is to run
 * @param control the control plane's clocks
 * @param scoring how the scheduler chooses among nodes that have room
 * @param autoscaler who resizes scaling groups, or null
 * @param node the machines that belong to the cluster from the start, as many as the entry has
 *     replicas; scaling groups bring theirs
 */
public record ClusterConfig(
    @JsonPropertyDescription("What is to run.") List<DeploymentConfig> deployments,
    @JsonProperty(defaultValue = "{}") @JsonPropertyDescription("The control plane's clocks.")
        Control control,
    @JsonProperty(defaultValue = "least-requested")
        @JsonPropertyDescription("How the scheduler chooses among nodes that have room.")
        Scoring scoring,
    @JsonPropertyDescription("Who resizes scaling groups; nobody if absent.")
        @Nullable AutoscalerConfig autoscaler,
    @JsonProperty(defaultValue = "{}")
        @JsonPropertyDescription("The machines of the cluster's own, one for each replica.")
        NodeConfig node) {

  /** Which of the nodes with room a pod goes to. */
  public enum Scoring {
    /** The emptiest, which spreads pods; the scheduler's default. */
    LEAST_REQUESTED,
    /** The fullest, which leaves nodes empty. */
    MOST_REQUESTED
  }

  /**
   * The control plane's clocks.
   *
   * @param controllerInterval between two looks of the deployment controller; it stands for a watch
   *     that takes about as long to come through
   * @param schedulerInterval between two looks of the scheduler: its first back-off for a pod that
   *     fits nowhere
   * @param podsPerSecond that the scheduler binds; 40 is a default for 2018, when 100 was the cap
   *     of the project's own test
   * @param nodeMonitorPeriod between two looks at the nodes' reports
   * @param nodeMonitorGracePeriod a node that was not heard for so long is not ready
   * @param podEvictionTimeout for so long after that its pods are waited for
   */
  public record Control(
      @Guess("a loop that stands for a watch")
          @JsonProperty(defaultValue = "1s")
          @JsonPropertyDescription("Between two looks of the deployment controller.")
          Duration controllerInterval,
      @Guess("a loop that stands for a watch")
          @JsonProperty(defaultValue = "1s")
          @JsonPropertyDescription("Between two looks of the scheduler.")
          Duration schedulerInterval,
      @Guess("2018; the project's own test had a cap of 100")
          @JsonProperty(defaultValue = "40")
          @JsonPropertyDescription("Pods bound in a second.")
          int podsPerSecond,
      @JsonProperty(defaultValue = "5s")
          @JsonPropertyDescription("Between two looks at the nodes' reports.")
          Duration nodeMonitorPeriod,
      @JsonProperty(defaultValue = "40s")
          @JsonPropertyDescription("A node not heard for so long is not ready.")
          Duration nodeMonitorGracePeriod,
      @JsonProperty(defaultValue = "5m")
          @JsonPropertyDescription("For so long after that its pods are waited for.")
          Duration podEvictionTimeout) {
    /** Kubernetes' defaults. */
    public static final Control DEFAULT =
        new Control(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            40,
            Duration.ofSeconds(5),
            Duration.ofSeconds(40),
            Duration.ofMinutes(5));

    public Control {
      Durations.requirePositive("controllerInterval", controllerInterval);
      Durations.requirePositive("schedulerInterval", schedulerInterval);
      Durations.requirePositive("nodeMonitorPeriod", nodeMonitorPeriod);
    }
  }

  public ClusterConfig {
    deployments = List.copyOf(deployments);
    TreeSet<String> names = new TreeSet<>();
    TreeSet<Integer> ports = new TreeSet<>();
    for (DeploymentConfig deployment : deployments) {
      if (!names.add(deployment.name())) {
        throw new IllegalArgumentException(
            "The deployments (" + deployment.name() + ") must differ in name.");
      }
      for (int port : deployment.nodePorts()) {
        if (!ports.add(port)) {
          throw new IllegalArgumentException(
              "The deployments ("
                  + deployment.name()
                  + ") must differ in their nodePorts ("
                  + port
                  + ").");
        }
      }
    }
    for (DeploymentConfig deployment : deployments) {
      IngressConfig ingress = deployment.ingress();
      for (String service : ingress == null ? List.<String>of() : ingress.routes().values()) {
        if (!names.contains(service)) {
          throw new IllegalArgumentException(
              "The route of "
                  + deployment.name()
                  + " to ("
                  + service
                  + ") leads to no deployment."
                  + Suggestion.maybe(service, names));
        }
      }
    }
  }

  /** A cluster with the default control plane, and without machines of its own. */
  public static ClusterConfig of(
      List<DeploymentConfig> deployments, @Nullable AutoscalerConfig autoscaler) {
    return new ClusterConfig(
        deployments, Control.DEFAULT, Scoring.LEAST_REQUESTED, autoscaler, NodeConfig.of(2, 2));
  }
}
