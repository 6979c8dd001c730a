package dev.cascade.models.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.call.Call;
import dev.cascade.models.call.CircuitBreaker;
import dev.cascade.models.call.FallbackCost;
import dev.cascade.models.http.Retries;
import dev.cascade.models.load.LoadConfig;
import dev.cascade.models.load.LoadModel;
import dev.cascade.models.service.ConcurrencyLimit.Algorithm;
import dev.cascade.models.world.Interval;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.HostSpec.CpuDiscipline;
import dev.cascade.node.QueueSpec;
import dev.cascade.node.Ratio;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Event loops and limits against closed forms; each seed is one observation. */
class AsyncTheoryScenarioTest {
  private static final int RUNS = 10;
  private static final Duration LENGTH = Duration.ofMinutes(10);
  private static final double ROUND_TRIP = 0.002;
  private static final DurationDistribution NOTHING = DurationDistribution.constant(Duration.ZERO);

  private static ServiceConfig server(int threads, int queue, Endpoint endpoint) {
    return new ServiceConfig(
        threads, QueueSpec.of(queue), List.of(endpoint), 4, CpuDiscipline.PROCESSOR_SHARING);
  }

  private static Endpoint held(DurationDistribution hold) {
    return new Endpoint("/", "/", NOTHING, hold, null);
  }

  private static double[] observe(
      ServiceConfig server, double perSecond, ToDoubleFunction<TestWorld> measure) {
    double[] observations = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      try (TestWorld world =
          TestWorld.start(
              i + 1L,
              TestWorld.entry("server", new ServiceModel(), server, 1),
              TestWorld.entry(
                  "users",
                  new LoadModel(),
                  LoadConfig.atRate("server", "/", perSecond)
                      .patience(Duration.ofMinutes(5), Retries.NONE),
                  1))) {
        world.runFor(LENGTH);
        observations[i] = measure.applyAsDouble(world);
      }
    }
    return observations;
  }

  private static double rejected(TestWorld world) {
    return (double) world.count("service_rejected_total", "reason=\"limit\"")
        / world.count("http_client_attempts_total");
  }

  private static void assertHolds(double[] observations, double expected) {
    Interval.of(observations).assertHolds(expected);
  }

  /**
   * One event loop, requests that only wait, and a limit of K: Erlang's K lines. Of a requests at
   * once that would be there B(K) find all taken, with B(0) = 1 and B(k) = a B(k-1) / (k + a
   * B(k-1)), whatever the law of their length.
   */
  @ParameterizedTest
  @CsvSource({"5, 40, true", "5, 40, false", "20, 200, true"})
  void aLimitBeforeAnEventLoopLosesWhatErlangsLinesLose(
      int limit, double perSecond, boolean exponential) {
    Duration mean = Duration.ofMillis(100);
    double load = perSecond * 0.1;
    double loss = 1;
    for (int k = 1; k <= limit; k++) {
      loss = load * loss / (k + load * loss);
    }
    DurationDistribution hold =
        exponential ? DurationDistribution.exponential(mean) : DurationDistribution.constant(mean);

    double[] losses =
        observe(
            server(1, 0, held(hold)).async(1000).limit(ConcurrencyLimit.of(Algorithm.FIXED, limit)),
            perSecond,
            AsyncTheoryScenarioTest::rejected);

    assertHolds(losses, loss);
  }

  /** The same server with one thread that each request holds would do 10/s. */
  @Test
  void anEventLoopIsNotHeldByWhatWaits() {
    ServiceConfig loops =
        server(1, 0, held(DurationDistribution.exponential(Duration.ofMillis(100)))).async(1000);

    double[] means =
        observe(
            loops,
            100,
            world ->
                Arrays.stream(world.seconds("http_client_request_duration_seconds"))
                    .average()
                    .orElseThrow());

    assertHolds(means, 0.1 + ROUND_TRIP); // M/G/infinity: nobody waits for anybody
  }

  /** CPU it shares: one loop on four cores is one server, M/M/1, 1 / (rate of service - load). */
  @Test
  void aLoopUsesOneCoreForAllItsRequests() {
    ServiceConfig loop =
        server(1, 0, Endpoint.cpu("/", DurationDistribution.exponential(Duration.ofMillis(10))))
            .async(1000);

    double[] means =
        observe(
            loop,
            70,
            world ->
                Arrays.stream(world.seconds("http_client_request_duration_seconds"))
                    .average()
                    .orElseThrow());

    assertHolds(means, 1 / (100 - 70.0) + ROUND_TRIP);
  }

  /**
   * c threads and a limit of K, those that wait included: M/M/c/K. Of n requests there with a
   * probability in proportion to a^n / (1 · 2 ··· c · c ···), those lost find K.
   */
  @ParameterizedTest
  @CsvSource({"1, 5, 12", "4, 10, 45"})
  void aLimitBeforeThreadsLosesWhatAQueueOfItsLengthLoses(
      int threads, int limit, double perSecond) {
    double load = perSecond * 0.1;
    double weight = 1;
    double total = 1;
    for (int n = 1; n <= limit; n++) {
      weight *= load / Math.min(n, threads);
      total += weight;
    }

    double[] losses =
        observe(
            server(threads, 1000, held(DurationDistribution.exponential(Duration.ofMillis(100))))
                .limit(ConcurrencyLimit.of(Algorithm.FIXED, limit)),
            perSecond,
            AsyncTheoryScenarioTest::rejected);

    assertHolds(losses, weight / total);
  }

  /** Refusals cost CPU, and what they take of the core the requests do not have. */
  @Test
  void sayingNoCostsWhatItCosts() {
    ServiceConfig server =
        new ServiceConfig(
                1,
                QueueSpec.of(10), // it is not the queue that says no
                List.of(Endpoint.cpu("/", DurationDistribution.constant(Duration.ofMillis(100)))),
                1,
                CpuDiscipline.PROCESSOR_SHARING)
            .limit(
                new ConcurrencyLimit(
                    Algorithm.FIXED,
                    1,
                    1,
                    1,
                    new Ratio(0.9),
                    Duration.ofSeconds(5),
                    1.5,
                    new Ratio(0.2),
                    4,
                    600,
                    DurationDistribution.constant(Duration.ofMillis(1))));
    try (TestWorld world =
        TestWorld.start(
            1,
            TestWorld.entry("server", new ServiceModel(), server, 1),
            TestWorld.entry("users", new LoadModel(), LoadConfig.atRate("server", "/", 250), 1))) {
      world.runFor(Duration.ofMinutes(5));

      // A request of 100 ms shares its core with one refusal at a time, 250/s of 1 ms each: it
      // takes 100 / (1 - 0.25) ms, and the next one comes 4 ms after it.
      double served = world.count("http_client_requests_total", "outcome=\"success\"") / 300.0;
      assertThat(served).isBetween(6.8, 7.6); // 1 / 0.137 s = 7.3
    }
  }

  /** A fallback of 30 ms of CPU takes a core that long, and its request so much longer. */
  @Test
  void aFallbackTakesItsTime() {
    Call call =
        Call.of("nobody", "/", Duration.ofSeconds(1))
            .circuitBreaker(new CircuitBreaker(new Ratio(0.5), 10, 10, Duration.ofHours(1), 10))
            .optional(
                new FallbackCost(
                    DurationDistribution.constant(Duration.ofMillis(30)),
                    DurationDistribution.constant(Duration.ofMillis(20))));
    ServiceConfig front = server(20, 100, held(NOTHING).calls(call));
    ServiceConfig back = server(1, 0, held(DurationDistribution.constant(Duration.ofSeconds(100))));
    try (TestWorld world =
        TestWorld.start(
            1,
            TestWorld.entry("nobody", new ServiceModel(), back, 1),
            TestWorld.entry("front", new ServiceModel(), front, 1),
            TestWorld.entry("users", new LoadModel(), LoadConfig.atRate("front", "/", 2), 1))) {
      world.runFor(Duration.ofSeconds(60));
      int before = world.seconds("http_client_request_duration_seconds").length;
      assertThat(before).isGreaterThan(60);

      double[] all = world.seconds("http_client_request_duration_seconds");
      // Sorted: most find the breaker open, and take the fallback's 50 ms and the network's 2 ms.
      assertThat(all[all.length / 2]).isBetween(0.050, 0.056);
      assertThat(all[0]).isGreaterThan(0.050);
      assertThat(world.count("http_client_requests_failed")).isZero();
    }
  }
}
