package dev.cascade.models.service;

import dev.cascade.models.call.Call;
import dev.cascade.models.call.ConnectionPool;
import dev.cascade.models.call.Hedging;
import dev.cascade.models.load.LoadConfig;
import dev.cascade.models.load.LoadModel;
import dev.cascade.models.world.Interval;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.QueueSpec;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls against closed forms; each run of a seed is one observation. */
class CallTheoryScenarioTest {
  private static final int RUNS = 12;
  private static final Duration LENGTH = Duration.ofMinutes(2);
  private static final DurationDistribution NOTHING = DurationDistribution.constant(Duration.ZERO);

  /** There and back, 1 ms each: a call takes so much longer than its target's work. */
  private static final double ROUND_TRIP = 0.002;

  private static double[] observe(
      Call call, Duration hold, int threads, LoadConfig load, ToDoubleFunction<TestWorld> measure) {
    DurationDistribution work = DurationDistribution.exponential(hold);
    ServiceConfig back =
        ServiceConfig.of(
            1000, QueueSpec.of(0), List.of(new Endpoint("/", "/", NOTHING, work, null)));
    ServiceConfig front =
        ServiceConfig.of(
            threads,
            QueueSpec.of(1000),
            List.of(new Endpoint("/", "/", NOTHING, NOTHING, null).calls(call)));
    double[] observations = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      try (TestWorld world =
          TestWorld.start(
              i + 1L,
              TestWorld.entry("front", new ServiceModel(), front, 1),
              TestWorld.entry("back", new ServiceModel(), back, 1),
              TestWorld.entry("users", new LoadModel(), load, 1))) {
        observations[i] = measure.applyAsDouble(world);
      }
    }
    return observations;
  }

  /**
   * Connections that nobody waits for are Erlang's lines: of a calls at once that would like to be,
   * B(c) find all c lines busy, with B(0) = 1 and B(c) = a B(c-1) / (c + a B(c-1)), whatever the
   * law of their length.
   */
  @ParameterizedTest
  @CsvSource({"1, 5", "5, 30", "5, 80", "20, 150"})
  void aPoolWithoutPendingLosesWhatErlangsLinesLose(int connections, double perSecond) {
    double load = perSecond * (0.1 + ROUND_TRIP);
    double loss = 1;
    for (int c = 1; c <= connections; c++) {
      loss = load * loss / (c + load * loss);
    }
    double expected = loss;

    double[] losses =
        observe(
            Call.of("back", "/", Duration.ofSeconds(60))
                .connectionPool(ConnectionPool.withoutPending(connections)),
            Duration.ofMillis(100),
            1000,
            LoadConfig.atRate("front", "/", perSecond),
            world -> {
              world.runFor(LENGTH);
              return (double) world.count("http_client_calls_total", "outcome=\"overflow\"")
                  / world.count("http_client_calls_total");
            });

    Interval.of(losses).assertHolds(expected);
  }

  /**
   * Users who think and c threads that only wait for their call (a closed loop, the machine
   * repairman's with c of them): n of N are not thinking with a probability in proportion to N! /
   * (N - n)! (S / Z)^n / (1 · 2 ··· c · c ···); threads, and not the idle target, bound the
   * throughput.
   */
  @ParameterizedTest
  @CsvSource({"2, 10", "4, 10", "8, 10"})
  void blockedThreadsBoundTheThroughputOfAClosedLoop(int threads, int users) {
    double service = 0.5 + ROUND_TRIP;
    double think = 1 + ROUND_TRIP;
    double weight = 1;
    double total = 1;
    double served = 0;
    for (int n = 1; n <= users; n++) {
      weight *= (users - n + 1) * service / think / Math.min(n, threads);
      total += weight;
      served += weight * Math.min(n, threads) / service;
    }
    double throughput = served / total;

    double[] throughputs =
        observe(
            Call.of("back", "/", Duration.ofSeconds(60)),
            Duration.ofMillis(500),
            threads,
            LoadConfig.users(
                "front", "/", users, DurationDistribution.exponential(Duration.ofSeconds(1))),
            world -> {
              world.runFor(Duration.ofMinutes(1));
              long before = world.count("http_client_requests_total");
              world.runFor(LENGTH);
              return (world.count("http_client_requests_total") - before)
                  / (double) LENGTH.toSeconds();
            });

    Interval.of(throughputs).assertHolds(throughput);
  }

  /**
   * Two attempts of exponential length with mean m, the second d after the first: neither is back
   * at t &gt; d with probability exp(-t / m) exp(-(t - d) / m), and a second one is made with
   * probability exp(-d / m).
   */
  @Test
  void hedgingCutsTheTailAsTwoAttemptsDo() {
    double mean = 0.1;
    double delay = 0.15;
    double[] times = {0.1, 0.2, 0.3};
    Call call =
        Call.of("back", "/", Duration.ofSeconds(60))
            .hedging(new Hedging(2, Duration.ofMillis(150)));
    double[][] longer = new double[times.length][RUNS];
    int[] run = {0};

    double[] hedged =
        observe(
            call,
            Duration.ofMillis(100),
            1000,
            LoadConfig.atRate("front", "/", 20),
            world -> {
              world.runFor(Duration.ofMinutes(10)); // one call in 90 takes longer than 0.3 s
              double[] durations = world.seconds("http_client_call_duration_seconds");
              for (int i = 0; i < times.length; i++) {
                double time = times[i] + ROUND_TRIP;
                longer[i][run[0]] =
                    (double) Arrays.stream(durations).filter(d -> d > time).count()
                        / durations.length;
              }
              run[0]++;
              return (double) world.count("http_client_call_hedges_total") / durations.length;
            });

    for (int i = 0; i < times.length; i++) {
      double late = Math.max(0, times[i] - delay);
      double expected = Math.exp(-times[i] / mean) * Math.exp(-late / mean);
      Interval.of(longer[i]).assertHolds(expected);
    }
    // The second one is made unless the answer of the first is back.
    double second = Math.exp(-(delay - ROUND_TRIP) / mean);
    Interval.of(hedged).assertHolds(second);
  }
}
