package dev.cascade.models.spartan;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.logs.LogConfig;
import dev.cascade.models.sparta.Span;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.node.QueueSpec;
import dev.cascade.node.Rate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Services with a Sparta client; each replica is a service of its own.
 *
 * @param sparta the cluster that allocates work to them
 * @param services all entries with such clients, in the order in which the cluster has them
 * @param unit the pace, of which delays of the client are multiples
 * @param calls how many others of its entry each service calls, and so wants to know of
 * @param routesTo the entry that requests are passed on to, to the one that has the key; null if
 *     requests are answered here
 * @param buckets of each instance on the ring
 * @param reconnect from the loss of a connection to the next attempt, in units
 * @param rejoin from leaving the ring to the attempt to join it again, in units
 * @param rejoinMax what the rejoin time doubles up to while a client leaves the ring again and
 *     again, in units; it does not double if null
 * @param onOlder what the client does when its instance holds an older version
 * @param keepRetry with {@code keep}: until it asks again
 * @param pingInterval between two pings
 * @param readTimeout after which a silent instance is given up
 * @param sessionTimeout after which a client without a session has left the ring
 * @param connectTimeout after which an attempt to open a session is given up
 * @param threads that serve requests
 * @param queue where requests wait for them
 * @param cpu CPU time of a request
 * @param backgroundCalls calls that a service makes to those that it calls, whatever users do
 * @param traceLines log lines of an error
 * @param requestLines log lines, at INFO, of a request that is answered or passed on
 * @param dropLines log lines of a request that is dropped; more where one stands for several
 * @param log where log lines go; nowhere if null
 * @param cores of each host
 */
public record SpartanConfig(
    @JsonPropertyDescription("The cluster that allocates work to them.") String sparta,
    @JsonPropertyDescription("All entries with such clients, in the cluster's order.")
        List<String> services,
    @Guess("as the cluster's")
        @JsonProperty(defaultValue = "10s")
        @JsonPropertyDescription("The pace, of which delays of the client are multiples.")
        Duration unit,
    @Guess("components F6")
        @JsonProperty(defaultValue = "12")
        @JsonPropertyDescription("Others of its entry that each service calls.")
        int calls,
    @JsonPropertyDescription("The entry that requests are passed on to, by key; none if absent.")
        @Nullable String routesTo,
    @JsonProperty(defaultValue = "1000") @JsonPropertyDescription("Of each instance on the ring.")
        int buckets,
    @Guess("components F6")
        @JsonProperty(defaultValue = "{min: 0.05, max: 1}")
        @JsonPropertyDescription("From a lost connection to the next attempt, in units.")
        Span reconnect,
    @Guess("components F6: fast, no back-off")
        @JsonProperty(defaultValue = "{min: 0.2, max: 2}")
        @JsonPropertyDescription("From leaving the ring to joining it again, in units.")
        Span rejoin,
    @JsonPropertyDescription(
            "What that doubles up to for one who leaves again and again, in units.")
        @Nullable Double rejoinMax,
    @JsonProperty(defaultValue = "evict")
        @JsonPropertyDescription("What the client does when its instance holds an older version.")
        OnOlder onOlder,
    @Guess("a few replication delays")
        @JsonProperty(defaultValue = "1s")
        @JsonPropertyDescription("With onOlder: keep, until it asks again.")
        Duration keepRetry,
    @JsonProperty(defaultValue = "10s")
        @JsonPropertyDescription("Between two pings; ZooKeeper's greatest.")
        Duration pingInterval,
    @JsonProperty(defaultValue = "20s")
        @JsonPropertyDescription("After which a silent instance is given up; ZooKeeper's 2/3.")
        Duration readTimeout,
    @JsonProperty(defaultValue = "30s")
        @JsonPropertyDescription("After which a client without a session has left the ring.")
        Duration sessionTimeout,
    @JsonProperty(defaultValue = "10s")
        @JsonPropertyDescription("Of an attempt to open a session; ZooKeeper's 1/3.")
        Duration connectTimeout,
    @Guess("a small service")
        @JsonProperty(defaultValue = "16")
        @JsonPropertyDescription("Threads that serve requests.")
        int threads,
    @JsonProperty(defaultValue = "{capacity: 1000}")
        @JsonPropertyDescription("Where requests wait for them.")
        QueueSpec queue,
    @Guess("a small request")
        @JsonProperty(defaultValue = "1ms")
        @JsonPropertyDescription("CPU time of a request.")
        Duration cpu,
    @Guess("timers, caches and queues call others all the time")
        @JsonProperty(defaultValue = "2/s")
        @JsonPropertyDescription("Calls of a service to others, whatever users do.")
        Rate backgroundCalls,
    @Guess("a short stack trace")
        @JsonProperty(defaultValue = "10")
        @JsonPropertyDescription("Log lines of an error.")
        int traceLines,
    @JsonProperty(defaultValue = "0")
        @JsonPropertyDescription("Log lines, at INFO, of a request that is answered or passed on.")
        int requestLines,
    @Guess("a warning with its cause")
        @JsonProperty(defaultValue = "5")
        @JsonPropertyDescription("Log lines of a request that is dropped.")
        int dropLines,
    @JsonPropertyDescription("Where log lines go; nowhere if absent.") @Nullable LogConfig log,
    @Guess("a small instance")
        @JsonProperty(defaultValue = "2")
        @JsonPropertyDescription("Cores of each host.")
        int cores) {
  /** Lines of one error; what is longer is a mistake. */
  private static final int LINES_MAX = 10_000;

  public SpartanConfig {
    services = List.copyOf(services);
    Durations.requirePositive("unit", unit);
    Durations.requirePositive("keepRetry", keepRetry);
    Durations.requirePositive("pingInterval", pingInterval);
    Durations.requirePositive("readTimeout", readTimeout);
    Durations.requirePositive("sessionTimeout", sessionTimeout);
    Durations.requirePositive("connectTimeout", connectTimeout);
    if (pingInterval.compareTo(readTimeout) >= 0) {
      throw new IllegalArgumentException(
          "The pingInterval (%s) must be shorter than the readTimeout (%s)."
              .formatted(pingInterval, readTimeout));
    }
    if (calls < 0) {
      throw new IllegalArgumentException("The calls (" + calls + ") cannot be negative. Maybe 12?");
    }
    if (buckets < 1 || buckets > 100_000) {
      throw new IllegalArgumentException(
          "The buckets (" + buckets + ") must be 1 to 100000. Maybe 1000?");
    }
    requireLines("traceLines", 1, traceLines);
    requireLines("requestLines", 0, requestLines);
    requireLines("dropLines", 1, dropLines);
    if (rejoinMax != null && !(rejoinMax >= rejoin.max() && rejoinMax < 1e6)) {
      throw new IllegalArgumentException(
          "The rejoinMax (%s) must be no less than the rejoin's max (%s)."
              .formatted(rejoinMax, rejoin.max()));
    }
    if (threads < 1) {
      throw new IllegalArgumentException("The threads (" + threads + ") must be at least 1.");
    }
    if (cores < 1) {
      throw new IllegalArgumentException("The cores (" + cores + ") must be at least 1. Maybe 2?");
    }
  }

  /** The defaults, at a pace, for services that call so many others. */
  public static SpartanConfig of(
      Duration unit, OnOlder onOlder, int calls, String sparta, String... services) {
    return new SpartanConfig(
        sparta,
        List.of(services),
        unit,
        calls,
        null,
        1000,
        new Span(0.05, 1),
        new Span(0.2, 2),
        null,
        onOlder,
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        16,
        QueueSpec.of(1000),
        Duration.ofMillis(1),
        new Rate(2),
        10,
        0,
        5,
        null,
        2);
  }

  private static void requireLines(String key, int least, int lines) {
    if (lines < least || lines > LINES_MAX) {
      throw new IllegalArgumentException(
          "The %s (%d) must be %d to %d. Maybe 10?".formatted(key, lines, least, LINES_MAX));
    }
  }
}
