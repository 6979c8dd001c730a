package dev.cascade.models.etcd;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.raft.RaftTiming;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import java.time.Duration;

/**
 * A member of etcd 2.
 *
 * @param heartbeatInterval of the leader; 100 ms by default
 * @param electionTimeout silence after which a follower stands, at least; 1 s by default. As long
 *     is the lease of a leader
 * @param snapshotCount entries after which the log is cut; 10,000 by default
 * @param requestTimeout how long a write waits while nobody leads; in etcd 5 s and two election
 *     time-outs
 * @param expiryInterval how often the leader looks for keys whose time is over (SYNC); 500 ms
 * @param history changes that a member remembers for watches; 1,000
 * @param watches that a member has open; more are refused
 * @param openCalls writes that a member has open; more are refused
 * @param messageCpu CPU time of a message
 * @param sync how long the disk takes to make a write safe
 */
public record EtcdConfig(
    @JsonProperty(defaultValue = "100ms") @JsonPropertyDescription("Of the leader.")
        Duration heartbeatInterval,
    @JsonProperty(defaultValue = "1s")
        @JsonPropertyDescription("Silence after which a follower stands for election, at least.")
        Duration electionTimeout,
    @JsonProperty(defaultValue = "10000")
        @JsonPropertyDescription("Entries after which the log is cut.")
        long snapshotCount,
    @JsonProperty(defaultValue = "7s")
        @JsonPropertyDescription("How long a write waits while nobody leads.")
        Duration requestTimeout,
    @JsonProperty(defaultValue = "500ms")
        @JsonPropertyDescription("How often the leader looks for keys whose time is over.")
        Duration expiryInterval,
    @JsonProperty(defaultValue = "1000")
        @JsonPropertyDescription("Changes that a member remembers for watches.")
        int history,
    @Guess("more than clients of a small cluster have")
        @JsonProperty(defaultValue = "1000")
        @JsonPropertyDescription("Watches that a member has open; more are refused.")
        int watches,
    @Guess("more than clients of a small cluster have")
        @JsonProperty(defaultValue = "1000")
        @JsonPropertyDescription("Writes that a member has open; more are refused.")
        int openCalls,
    @Guess("an RPC of a Go server")
        @JsonProperty(defaultValue = "100us")
        @JsonPropertyDescription("CPU time of a message.")
        Duration messageCpu,
    @Guess("a virtual disk")
        @JsonProperty(defaultValue = "2ms")
        @JsonPropertyDescription("How long the disk takes to make a write safe.")
        Duration sync) {
  /** What it is unless told otherwise. */
  public static final EtcdConfig DEFAULT =
      new EtcdConfig(
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          10_000,
          Duration.ofSeconds(7),
          Duration.ofMillis(500),
          1000,
          1000,
          1000,
          Duration.ofNanos(100_000),
          Duration.ofMillis(2));

  public EtcdConfig {
    Durations.requirePositive("requestTimeout", requestTimeout);
    Durations.requirePositive("expiryInterval", expiryInterval);
    if (history < 1 || watches < 0 || openCalls < 1) {
      throw new IllegalArgumentException(
          "The history ("
              + history
              + ") and the openCalls ("
              + openCalls
              + ") must be at least 1, the watches ("
              + watches
              + ") not negative.");
    }
    if (messageCpu.isNegative() || sync.isNegative()) {
      throw new IllegalArgumentException("The messageCpu and the sync cannot be negative.");
    }
    timing(heartbeatInterval, electionTimeout, snapshotCount); // checks the rest
  }

  /** The clocks of its Raft. */
  public RaftTiming timing() {
    return timing(heartbeatInterval, electionTimeout, snapshotCount);
  }

  /** Members learn at once what was committed; 64 entries in a message are a guess. */
  private static RaftTiming timing(Duration heartbeat, Duration election, long snapshot) {
    return new RaftTiming(
        heartbeat, heartbeat, election, election, election, Duration.ZERO, 64, snapshot);
  }
}
