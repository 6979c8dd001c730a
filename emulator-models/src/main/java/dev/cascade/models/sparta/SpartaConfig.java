package dev.cascade.models.sparta;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.logs.LogConfig;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.node.QueueSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of allocators. Nothing is published of its inside; the words are those of its
 * post-mortem.
 *
 * @param services the entries whose replicas it allocates work to, all known from the start
 * @param unit the pace, of which delays of the allocation are multiples
 * @param work CPU time of working out a share
 * @param settleGap in units, from the commit of one stage of a move to the work on the next
 * @param stages in which load moves, when a service that has load changes its session
 * @param replicationDelay until a peer is sent what was committed, in order
 * @param sessionTtl after which a silent client's session is over
 * @param tick between two looks for such sessions
 * @param handlers threads that serve clients
 * @param queue where clients' requests wait for them
 * @param handlerCpu CPU time of a request
 * @param snapshotCpu CPU time of writing all of the allocation
 * @param commitCpu CPU time of a commit, and of taking in a peer's
 * @param commit how workers commit
 * @param recovery what handlers do when a client knows of a newer version
 * @param settled whether a cluster that is there from the start of the run has long been up: every
 *     service is allocated, and has a session, in turn, at the instances
 * @param log where log lines go; nowhere if null
 * @param cores of each host
 */
public record SpartaConfig(
    @JsonPropertyDescription("The entries whose replicas work is allocated to.")
        List<String> services,
    @Guess("components F6: gives the post-mortem's two dozen alarms in minutes")
        @JsonProperty(defaultValue = "10s")
        @JsonPropertyDescription("The pace, of which delays of the allocation are multiples.")
        Duration unit,
    @Guess("components F6")
        @JsonProperty(defaultValue = "{mean: 0.45, sigma: 0.6}")
        @JsonPropertyDescription("CPU time of working out a share, in units.")
        WorkTime work,
    @Guess("components F6")
        @JsonProperty(defaultValue = "0.25")
        @JsonPropertyDescription("From one stage of a move to the next, in units.")
        double settleGap,
    @Guess("components F6: two settle workers after the move")
        @JsonProperty(defaultValue = "3")
        @JsonPropertyDescription("In which load moves when a session does.")
        int stages,
    @Guess("components F6")
        @JsonProperty(defaultValue = "{min: 0.02, max: 0.2}")
        @JsonPropertyDescription("Until a peer is sent what was committed, in units.")
        Span replicationDelay,
    @Guess("ZooKeeper's: 15 ticks of 2 s")
        @JsonProperty(defaultValue = "30s")
        @JsonPropertyDescription("After which a silent client's session is over.")
        Duration sessionTtl,
    @JsonProperty(defaultValue = "2s")
        @JsonPropertyDescription("Between two looks for sessions that are over.")
        Duration tick,
    @Guess("Tomcat's default")
        @JsonProperty(defaultValue = "200")
        @JsonPropertyDescription("Threads that serve clients.")
        int handlers,
    @Guess("Tomcat's default accept queue")
        @JsonProperty(defaultValue = "{capacity: 100}")
        @JsonPropertyDescription("Where clients' requests wait for them.")
        QueueSpec queue,
    @Guess("a small request")
        @JsonProperty(defaultValue = "500us")
        @JsonPropertyDescription("CPU time of a request.")
        Duration handlerCpu,
    @Guess("4 MB at 200 MB/s")
        @JsonProperty(defaultValue = "20ms")
        @JsonPropertyDescription("CPU time of writing all of the allocation.")
        Duration snapshotCpu,
    @Guess("twenty kilobytes to a dozen clients")
        @JsonProperty(defaultValue = "2ms")
        @JsonPropertyDescription("CPU time of a commit, and of taking in a peer's.")
        Duration commitCpu,
    @JsonProperty(defaultValue = "last-writer-wins") @JsonPropertyDescription("How workers commit.")
        CommitPolicy commit,
    @JsonProperty(defaultValue = "none")
        @JsonPropertyDescription("What handlers do when a client knows of a newer version.")
        Recovery recovery,
    @JsonProperty(defaultValue = "true")
        @JsonPropertyDescription("Whether a run begins with all services allocated.")
        boolean settled,
    @JsonPropertyDescription("Where log lines go; nowhere if absent.") @Nullable LogConfig log,
    @Guess("slows many workers down as components F6 does")
        @JsonProperty(defaultValue = "16")
        @JsonPropertyDescription("Cores of each host.")
        int cores) {
  public SpartaConfig {
    services = List.copyOf(services);
    if (services.isEmpty()) {
      throw new IllegalArgumentException(
          "The services (none) must be at least one entry. Maybe [payments]?");
    }
    Durations.requirePositive("unit", unit);
    Durations.requirePositive("sessionTtl", sessionTtl);
    Durations.requirePositive("tick", tick);
    if (tick.compareTo(sessionTtl) >= 0) {
      throw new IllegalArgumentException(
          "The tick (%s) must be shorter than the sessionTtl (%s).".formatted(tick, sessionTtl));
    }
    if (!(settleGap >= 0 && settleGap < 1e6)) {
      throw new IllegalArgumentException(
          "The settleGap (" + settleGap + ") must be a number of units. Maybe 0.25?");
    }
    if (stages < 1 || stages > 100) {
      throw new IllegalArgumentException("The stages (" + stages + ") must be 1 to 100. Maybe 3?");
    }
    if (handlers < 1) {
      throw new IllegalArgumentException(
          "The handlers (" + handlers + ") must be at least 1. Maybe 200?");
    }
    if (cores < 1) {
      throw new IllegalArgumentException("The cores (" + cores + ") must be at least 1. Maybe 16?");
    }
  }

  /** The defaults, at a pace. */
  public static SpartaConfig of(Duration unit, CommitPolicy commit, String... services) {
    return new SpartaConfig(
        List.of(services),
        unit,
        new WorkTime(0.45, 0.6),
        0.25,
        3,
        new Span(0.02, 0.2),
        Duration.ofSeconds(30),
        Duration.ofSeconds(2),
        200,
        QueueSpec.of(100),
        Duration.ofNanos(500_000),
        Duration.ofMillis(20),
        Duration.ofMillis(2),
        commit,
        Recovery.NONE,
        true,
        null,
        16);
  }

  /** The time that this many units are. */
  Duration units(double count) {
    return Duration.ofNanos(Math.round(count * unit.toNanos()));
  }
}
