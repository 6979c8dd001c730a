package dev.cascade.models.fleet;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.random.DurationText;
import java.time.Duration;

/**
 * A fleetd (components B5, after coreos/fleet).
 *
 * @param agentTtl life of a machine's key; 30 s. Heartbeats come after half of it, and each has
 *     four tries within a third of it
 * @param engineInterval between two looks of the engine; 2 s. The engine's lease lives five of them
 * @param agentInterval between two looks of the agent; 5 s
 * @param etcdTimeout of a request; 1 s
 * @param registerBackoff before the second try to register; 1 s, then twice as long each time
 * @param registerBackoffMax and at most; 60 s
 * @param messageCpu CPU time of a message
 * @param unitCpu CPU time that each unit adds when all are looked at
 */
public record FleetConfig(
    @JsonProperty(defaultValue = "30s") @JsonPropertyDescription("Life of a machine's key.")
        Duration agentTtl,
    @JsonProperty(defaultValue = "2s")
        @JsonPropertyDescription("Between two looks of the engine; its lease lives five of them.")
        Duration engineInterval,
    @JsonProperty(defaultValue = "5s") @JsonPropertyDescription("Between two looks of the agent.")
        Duration agentInterval,
    @JsonProperty(defaultValue = "1s") @JsonPropertyDescription("Of a request to etcd.")
        Duration etcdTimeout,
    @JsonProperty(defaultValue = "1s")
        @JsonPropertyDescription("Before the second try to register; doubled each time.")
        Duration registerBackoff,
    @JsonProperty(defaultValue = "60s") @JsonPropertyDescription("Longest wait between tries.")
        Duration registerBackoffMax,
    @Guess("an RPC of a Go program")
        @JsonProperty(defaultValue = "100us")
        @JsonPropertyDescription("CPU time of a message.")
        Duration messageCpu,
    @Guess("parsing a unit file; above 500 units fleet needs much CPU")
        @JsonProperty(defaultValue = "50us")
        @JsonPropertyDescription("CPU time that each unit adds when all are looked at.")
        Duration unitCpu) {
  /** What it is unless told otherwise. */
  public static final FleetConfig DEFAULT =
      new FleetConfig(
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          Duration.ofNanos(100_000),
          Duration.ofNanos(50_000));

  /** Tries of one heartbeat. */
  static final int HEARTBEAT_TRIES = 4;

  public FleetConfig {
    Durations.requirePositive("agentTtl", agentTtl);
    Durations.requirePositive("engineInterval", engineInterval);
    Durations.requirePositive("agentInterval", agentInterval);
    Durations.requirePositive("etcdTimeout", etcdTimeout);
    Durations.requirePositive("registerBackoff", registerBackoff);
    if (registerBackoffMax.compareTo(registerBackoff) < 0) {
      throw new IllegalArgumentException(
          "The registerBackoffMax ("
              + DurationText.format(registerBackoffMax)
              + ") must not be shorter than the registerBackoff ("
              + DurationText.format(registerBackoff)
              + ").");
    }
    if (messageCpu.isNegative() || unitCpu.isNegative()) {
      throw new IllegalArgumentException("The messageCpu and the unitCpu cannot be negative.");
    }
  }

  Duration heartbeatInterval() {
    return agentTtl.dividedBy(2);
  }

  /** Between two tries of one heartbeat. */
  Duration heartbeatRetry() {
    return agentTtl.dividedBy(3).dividedBy(HEARTBEAT_TRIES);
  }

  Duration engineLease() {
    return engineInterval.multipliedBy(5);
  }
}
