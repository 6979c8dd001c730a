package dev.cascade.models.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.cascade.models.http.Retries;
import dev.cascade.models.keys.KeyDistribution;
import dev.cascade.node.Durations;
import dev.cascade.node.Guess;
import dev.cascade.node.Rate;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Users of an entry of the topology. Words and executors are k6's.
 *
 * @param executor how requests are started
 * @param target the entry that is asked
 * @param path what is asked for, if it is always the same; else null
 * @param paths a mix of paths; empty if there is only one
 * @param rate requests a second of all hosts together, retries not counted; of the
 *     constant-arrival-rate
 * @param startRate the rate before the first stage; of the ramping-arrival-rate
 * @param stages how the rate, or the number of users, changes; it stays after the last; of the
 *     ramping-arrival-rate and of ramping-vus
 * @param arrivals how requests at a rate follow each other
 * @param vus virtual users of all hosts together, each with one request at a time; of constant-vus
 * @param thinkTime how long a virtual user waits before each request
 * @param maxVus requests that one host has open at most; more are not made, but counted. The
 *     default is a guess far beyond any use, so that no queue is without a bound
 * @param timeout after which an attempt is given up; k6's default is 60 s
 * @param retries when a failed attempt is repeated; null if never
 * @param pick which of the target's addresses an attempt goes to
 * @param startVus virtual users before the first stage; of ramping-vus
 * @param keys which keys requests ask for, drawn anew for each; null if they have none
 */
public record LoadConfig(
    @JsonPropertyDescription("How requests are started.") Executor executor,
    @JsonPropertyDescription("The entry of the topology that is asked.") String target,
    @JsonPropertyDescription("What is asked for.") @Nullable String path,
    @JsonPropertyDescription("A mix of paths, in place of one.") List<PathWeight> paths,
    @JsonPropertyDescription("Requests of all hosts together, of constant-arrival-rate.")
        @Nullable Rate rate,
    @JsonPropertyDescription("The rate before the first stage, of ramping-arrival-rate.")
        @Nullable Rate startRate,
    @JsonPropertyDescription("How the rate, or the number of users, changes; then it stays.")
        List<Stage> stages,
    @JsonProperty(defaultValue = "poisson")
        @JsonPropertyDescription("How requests at a rate follow each other.")
        Arrivals arrivals,
    @JsonPropertyDescription("Virtual users of all hosts together, of constant-vus.")
        @Nullable Integer vus,
    @JsonProperty(defaultValue = "0s")
        @JsonPropertyDescription("What a virtual user waits before each request.")
        DurationDistribution thinkTime,
    @Guess("a bound beyond any use")
        @JsonProperty(value = "maxVUs", defaultValue = "100000")
        @JsonPropertyDescription("Requests open at once on a host; more are not made.")
        int maxVus,
    @JsonProperty(defaultValue = "60s")
        @JsonPropertyDescription("After which an attempt is given up.")
        Duration timeout,
    @JsonPropertyDescription("When a failed attempt is repeated; never if absent.")
        @Nullable Retries retries,
    @JsonProperty(defaultValue = "random")
        @JsonPropertyDescription("Which of the target's addresses an attempt goes to.")
        Pick pick,
    @JsonProperty("startVUs")
        @JsonPropertyDescription("Virtual users before the first stage, of ramping-vus.")
        @Nullable Integer startVus,
    @JsonPropertyDescription("Which keys requests ask for; none if absent.")
        @Nullable KeyDistribution keys) {
  /** Requests open at once on a host, unless told otherwise. */
  public static final int DEFAULT_MAX_VUS = 100_000;

  /** How requests are started. */
  public enum Executor {
    /** At a rate, whatever becomes of those before (an open model). */
    CONSTANT_ARRIVAL_RATE,
    /** At a rate that changes in stages. */
    RAMPING_ARRIVAL_RATE,
    /** By so many users, each of whom waits for the last answer and thinks (a closed model). */
    CONSTANT_VUS,
    /** By users whose number changes in stages. */
    RAMPING_VUS
  }

  /** How requests at a rate follow each other. */
  public enum Arrivals {
    /** Independently, as those of many users do. */
    POISSON,
    /** Evenly, as k6 starts them; each host from a phase of its own. */
    CONSTANT
  }

  /** Which address is asked. */
  public enum Pick {
    RANDOM,
    /** In turn, from a random one on. */
    ROUND_ROBIN
  }

  public LoadConfig {
    paths = List.copyOf(paths);
    stages = List.copyOf(stages);
    if ((path == null) == paths.isEmpty()) {
      throw new IllegalArgumentException(
          "A load needs either path or paths"
              + (path == null ? "." : ", not both.")
              + " Maybe path: /?");
    }
    if (path != null) {
      new PathWeight(path, 1); // checks it
    }
    Durations.requirePositive("timeout", timeout);
    if (maxVus < 1) {
      throw new IllegalArgumentException(
          "The maxVUs (" + maxVus + ") must be at least 1: nothing would be asked.");
    }
    if (vus != null && vus < 1) {
      throw new IllegalArgumentException("The vus (" + vus + ") must be at least 1.");
    }
    requireGiven(executor, Executor.CONSTANT_ARRIVAL_RATE, "rate", rate);
    requireGiven(executor, Executor.RAMPING_ARRIVAL_RATE, "startRate", startRate);
    requireGiven(executor, Executor.CONSTANT_VUS, "vus", vus);
    requireGiven(executor, Executor.RAMPING_VUS, "startVUs", startVus);
    if (startVus != null && startVus < 0) {
      throw new IllegalArgumentException("The startVUs (" + startVus + ") cannot be negative.");
    }
    Executor ramp = executor == Executor.RAMPING_VUS ? executor : Executor.RAMPING_ARRIVAL_RATE;
    requireGiven(executor, ramp, "stages", stages.isEmpty() ? null : stages);
    for (Stage stage : stages) {
      if (stage.target().isRate() != (ramp == Executor.RAMPING_ARRIVAL_RATE)) {
        throw new IllegalArgumentException(
            "The stages of "
                + word(ramp)
                + " lead to "
                + (ramp == Executor.RAMPING_VUS ? "numbers of users" : "rates")
                + ", not to ("
                + stage.target()
                + "). Maybe "
                + (ramp == Executor.RAMPING_VUS ? "target: 50?" : "target: 50/s?"));
      }
    }
  }

  /** Users without keys whose number does not change in stages. */
  public LoadConfig(
      Executor executor,
      String target,
      @Nullable String path,
      List<PathWeight> paths,
      @Nullable Rate rate,
      @Nullable Rate startRate,
      List<Stage> stages,
      Arrivals arrivals,
      @Nullable Integer vus,
      DurationDistribution thinkTime,
      int maxVus,
      Duration timeout,
      @Nullable Retries retries,
      Pick pick) {
    this(
        executor, target, path, paths, rate, startRate, stages, arrivals, vus, thinkTime, maxVus,
        timeout, retries, pick, null, null);
  }

  /** A key belongs to one executor: that one needs it, and no other has it. */
  private static void requireGiven(
      Executor executor, Executor owner, String key, @Nullable Object value) {
    if (executor == owner && value == null) {
      throw new IllegalArgumentException(
          "The executor (" + word(executor) + ") needs the key " + key + ".");
    }
    if (executor != owner && value != null) {
      throw new IllegalArgumentException(
          "The "
              + key
              + " ("
              + value
              + ") belongs to the executor "
              + word(owner)
              + ". Maybe leave it out?");
    }
  }

  private static String word(Executor executor) {
    return executor.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** Poisson arrivals at a rate, for one path, without retries. */
  public static LoadConfig atRate(String target, String path, double perSecond) {
    return of(
        Executor.CONSTANT_ARRIVAL_RATE, target, path, new Rate(perSecond), null, List.of(), null);
  }

  /** Poisson arrivals at a rate that changes, for one path, without retries. */
  public static LoadConfig ramping(
      String target, String path, double startPerSecond, List<Stage> stages) {
    return of(
        Executor.RAMPING_ARRIVAL_RATE, target, path, null, new Rate(startPerSecond), stages, null);
  }

  /** So many users who think between requests, for one path, without retries. */
  public static LoadConfig users(
      String target, String path, int vus, DurationDistribution thinkTime) {
    return of(Executor.CONSTANT_VUS, target, path, null, null, List.of(), vus).thinkTime(thinkTime);
  }

  /** Users who come and go in stages and think between requests, for one path. */
  public static LoadConfig rampingUsers(
      String target, String path, int startVus, List<Stage> stages, DurationDistribution think) {
    return atRate(target, path, 0)
        .with(
            parts -> {
              parts.executor = Executor.RAMPING_VUS;
              parts.rate = null;
              parts.stages = stages;
              parts.thinkTime = think;
              parts.startVus = startVus;
            });
  }

  private static LoadConfig of(
      Executor executor,
      String target,
      String path,
      @Nullable Rate rate,
      @Nullable Rate startRate,
      List<Stage> stages,
      @Nullable Integer vus) {
    return new LoadConfig(
        executor,
        target,
        path,
        List.of(),
        rate,
        startRate,
        stages,
        Arrivals.POISSON,
        vus,
        DurationDistribution.constant(Duration.ZERO),
        DEFAULT_MAX_VUS,
        Duration.ofSeconds(60),
        null,
        Pick.RANDOM);
  }

  /** The same with another time-out and other retries. */
  public LoadConfig patience(Duration newTimeout, Retries newRetries) {
    return with(
        parts -> {
          parts.timeout = newTimeout;
          parts.retries = newRetries;
        });
  }

  /** The same with other arrivals. */
  public LoadConfig arrivals(Arrivals newArrivals) {
    return with(parts -> parts.arrivals = newArrivals);
  }

  /** The same users at a rate that changes in stages. */
  public LoadConfig inStages(Rate newStart, List<Stage> newStages) {
    return with(
        parts -> {
          parts.executor = Executor.RAMPING_ARRIVAL_RATE;
          parts.rate = null;
          parts.startRate = newStart;
          parts.stages = newStages;
          parts.vus = null;
          parts.startVus = null;
        });
  }

  /** The same with a mix of paths. */
  public LoadConfig paths(List<PathWeight> newPaths) {
    return with(
        parts -> {
          parts.path = null;
          parts.paths = newPaths;
        });
  }

  /** The same with another choice of addresses. */
  public LoadConfig pick(Pick newPick) {
    return with(parts -> parts.pick = newPick);
  }

  /** The same with keys. */
  public LoadConfig keys(KeyDistribution newKeys) {
    return with(parts -> parts.keys = newKeys);
  }

  /** The same with another think time. */
  public LoadConfig thinkTime(DurationDistribution newThinkTime) {
    return with(parts -> parts.thinkTime = newThinkTime);
  }

  /** The paths that are asked for, with their weights; at least one. */
  public List<PathWeight> mix() {
    return path == null ? paths : List.of(new PathWeight(path, 1));
  }

  /** Whether requests come at a rate: an open model. */
  boolean isOpen() {
    return executor == Executor.CONSTANT_ARRIVAL_RATE || executor == Executor.RAMPING_ARRIVAL_RATE;
  }

  /** Requests a second over time, from now on. */
  RateSchedule schedule(long nowNanos) {
    Rate first = rate == null ? startRate : rate;
    return new RateSchedule(
        nowNanos, first == null ? 0 : first.perSecond(), isOpen() ? stages : List.of());
  }

  /** The highest rate that it has at any time; 0 for virtual users. */
  double peakPerSecond() {
    Rate first = rate == null ? startRate : rate;
    return isOpen() ? peak(first == null ? 0 : first.perSecond()) : 0;
  }

  /** The most virtual users that it has at any time; 0 if it has a rate. */
  int peakUsers() {
    if (vus != null) {
      return vus;
    }
    return startVus == null ? 0 : (int) peak(startVus);
  }

  private double peak(double first) {
    double peak = first;
    for (Stage stage : stages) {
      peak = Math.max(peak, stage.target().level());
    }
    return peak;
  }

  /** The same but for what is changed. */
  private LoadConfig with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.build();
  }

  /** All components, to be changed one by one. */
  private static final class Parts {
    private Executor executor;
    private final String target;
    private @Nullable String path;
    private List<PathWeight> paths;
    private @Nullable Rate rate;
    private @Nullable Rate startRate;
    private List<Stage> stages;
    private Arrivals arrivals;
    private @Nullable Integer vus;
    private DurationDistribution thinkTime;
    private final int maxVus;
    private Duration timeout;
    private @Nullable Retries retries;
    private Pick pick;
    private @Nullable Integer startVus;
    private @Nullable KeyDistribution keys;

    Parts(LoadConfig load) {
      executor = load.executor;
      target = load.target;
      path = load.path;
      paths = load.paths;
      rate = load.rate;
      startRate = load.startRate;
      stages = load.stages;
      arrivals = load.arrivals;
      vus = load.vus;
      thinkTime = load.thinkTime;
      maxVus = load.maxVus;
      timeout = load.timeout;
      retries = load.retries;
      pick = load.pick;
      startVus = load.startVus;
      keys = load.keys;
    }

    LoadConfig build() {
      return new LoadConfig(
          executor, target, path, paths, rate, startRate, stages, arrivals, vus, thinkTime, maxVus,
          timeout, retries, pick, startVus, keys);
    }
  }
}
