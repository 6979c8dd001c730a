package dev.cascade.models.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;

/**
 * A machine that joins a cluster.
 *
 * @param cores of the machine
 * @param allocatableCores that pods may request, what the system needs left out
 * @param registerAfter from a new machine's boot to its first word to the API server; with 150 s of
 *     boot within the 2 to 4 minutes that AWS takes until a node is ready (a guess: components A8)
 * @param statusInterval between reports to the API server; kubelet's nodeStatusUpdateFrequency
 * @param podStart from an assignment to a process that listens; 5 s is the median of the node
 *     tests, one pod at a time beside 50 others (test/e2e_node/density_test.go)
 * @param podStop from the end of a pod's assignment to its end: the grace period of 30 s, as uWSGI
 *     takes a SIGTERM for a reload
 * @param restartBackoff before a container is started again, doubled each time (kubelet.go)
 * @param restartBackoffMax at most this (kubelet.go)
 * @param relistInterval between two looks at which containers run (PLEG)
 * @param proxyResync between two full lists of services for kube-proxy (iptables sync period)
 * @param proxySyncMin rules are not rewritten more often than this; a guess
 */
public record NodeConfig(
    @JsonProperty(defaultValue = "2") @JsonPropertyDescription("Cores of the machine.") int cores,
    @JsonProperty(defaultValue = "2") @JsonPropertyDescription("Cores that pods may request.")
        double allocatableCores,
    @Guess("with 150 s of boot within the 2 to 4 minutes that AWS takes")
        @JsonProperty(defaultValue = "30s")
        @JsonPropertyDescription("From a new machine's boot to its registration.")
        Duration registerAfter,
    @JsonProperty(defaultValue = "10s") @JsonPropertyDescription("Between reports of the kubelet.")
        Duration statusInterval,
    @JsonProperty(defaultValue = "5s")
        @JsonPropertyDescription("From a pod's assignment to a process that listens.")
        DurationDistribution podStart,
    @JsonProperty(defaultValue = "30s")
        @JsonPropertyDescription("From the end of a pod's assignment to its end.")
        Duration podStop,
    @JsonProperty(defaultValue = "10s")
        @JsonPropertyDescription("Before a container is started again; doubles each time.")
        Duration restartBackoff,
    @JsonProperty(defaultValue = "300s") @JsonPropertyDescription("The longest such wait.")
        Duration restartBackoffMax,
    @JsonProperty(defaultValue = "1s")
        @JsonPropertyDescription("Between two looks at which containers run.")
        Duration relistInterval,
    @JsonProperty(defaultValue = "30s")
        @JsonPropertyDescription("Between two full lists of services for kube-proxy.")
        Duration proxyResync,
    @Guess("no source")
        @JsonProperty(defaultValue = "1s")
        @JsonPropertyDescription("kube-proxy does not rewrite its rules more often.")
        Duration proxySyncMin) {
  public NodeConfig {
    Durations.requirePositive("statusInterval", statusInterval);
    Durations.requirePositive("relistInterval", relistInterval);
    Durations.requirePositive("proxyResync", proxyResync);
    if (allocatableCores > cores) {
      throw new IllegalArgumentException(
          "The allocatableCores ("
              + allocatableCores
              + ") must not exceed the cores ("
              + cores
              + ").");
    }
    if (restartBackoffMax.compareTo(restartBackoff) < 0) {
      throw new IllegalArgumentException(
          "The restartBackoffMax ("
              + restartBackoffMax
              + ") must not be shorter than the restartBackoff ("
              + restartBackoff
              + ").");
    }
  }

  /** A machine with the defaults. */
  public static NodeConfig of(int cores, double allocatableCores) {
    return new NodeConfig(
        cores,
        allocatableCores,
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        DurationDistribution.constant(Duration.ofSeconds(5)),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofSeconds(300),
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        Duration.ofSeconds(1));
  }
}
