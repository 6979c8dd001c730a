package dev.cascade.models.consul;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.raft.RaftTiming;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import java.time.Duration;

/**
 * A Consul server.
 *
 * @param raftMultiplier stretches the clocks of Raft (1 s, 1 s, 500 ms); Consul's default is 5, its
 *     advice for production 1 (components E7)
 * @param leaderlessHold how long a call is held while nobody leads (components E8)
 * @param openCalls calls that a server has open; more are refused. The burst of its rate limit is
 *     as many (components E7)
 * @param snapshotEntries entries after which the state is written and the log is cut; 16,384 in
 *     Consul (components E7)
 * @param messageCpu CPU time of a message
 * @param sync how long the disk takes to make a write safe
 */
public record ConsulConfig(
    @JsonProperty(defaultValue = "5")
        @JsonPropertyDescription("Stretches the clocks of Raft: 1 to 10.")
        int raftMultiplier,
    @Guess("Consul's rpcHoldTimeout, from memory")
        @JsonProperty(defaultValue = "7s")
        @JsonPropertyDescription("How long a call is held while nobody leads.")
        Duration leaderlessHold,
    @JsonProperty(defaultValue = "1000")
        @JsonPropertyDescription("Calls that a server has open; more are refused.")
        int openCalls,
    @JsonProperty(defaultValue = "16384")
        @JsonPropertyDescription("Entries after which the log is cut.")
        long snapshotEntries,
    @Guess("an RPC of a Go server")
        @JsonProperty(defaultValue = "100us")
        @JsonPropertyDescription("CPU time of a message.")
        Duration messageCpu,
    @Guess("a virtual disk")
        @JsonProperty(defaultValue = "2ms")
        @JsonPropertyDescription("How long the disk takes to make a write safe.")
        Duration sync) {
  /** What it is unless told otherwise. */
  public static final ConsulConfig DEFAULT =
      new ConsulConfig(
          5, Duration.ofSeconds(7), 1000, 16_384, Duration.ofNanos(100_000), Duration.ofMillis(2));

  public ConsulConfig {
    if (raftMultiplier < 1 || raftMultiplier > 10) {
      throw new IllegalArgumentException(
          "The raftMultiplier (" + raftMultiplier + ") must be 1 to 10, as Consul asks. Maybe 5?");
    }
    Durations.requirePositive("leaderlessHold", leaderlessHold);
    if (openCalls < 1 || snapshotEntries < 1) {
      throw new IllegalArgumentException(
          "The openCalls ("
              + openCalls
              + ") and snapshotEntries ("
              + snapshotEntries
              + ") must be at least 1.");
    }
    if (messageCpu.isNegative() || sync.isNegative()) {
      throw new IllegalArgumentException("The messageCpu and the sync cannot be negative.");
    }
  }

  /**
   * The clocks of hashicorp/raft: heartbeat and election time-out 1 s, lease 500 ms, commit 50 ms
   * (components E6), heartbeats after a tenth to a fifth of their time-out (its replication.go).
   * The commit time-out and the batch of 64 are not stretched.
   */
  public RaftTiming timing() {
    Duration timeout = Duration.ofSeconds(raftMultiplier);
    return new RaftTiming(
        timeout.dividedBy(10),
        timeout.dividedBy(5),
        timeout,
        timeout,
        timeout.dividedBy(2),
        Duration.ofMillis(50),
        64,
        snapshotEntries);
  }
}
