package dev.cascade.models.load;

import dev.cascade.engine.Entry;
import dev.cascade.models.call.Call;
import dev.cascade.models.service.Endpoint;
import dev.cascade.models.service.ServiceConfig;
import dev.cascade.models.service.ServiceModel;
import dev.cascade.models.world.Interval;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.HostSpec.CpuDiscipline;
import dev.cascade.node.QueueSpec;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Users who think and servers behind each other against mean-value analysis (Reiser and Lavenberg,
 * 1980), which is exact for them: one server shares its core among as many threads as there are
 * users, the other serves one after the other, all times but the thinking are exponential.
 */
class MeanValueAnalysisScenarioTest {
  private static final int RUNS = 12;
  private static final Duration LENGTH = Duration.ofMinutes(10);

  /** Twice through the network, 1 ms each time; as good as thought. */
  private static final double ROUND_TRIP = 0.002;

  /** What MVA says. */
  private record Expected(double throughput, double responseSeconds) {}

  /**
   * With n users, a station of demand D keeps one for D (1 + its queue with n - 1 users): who
   * arrives sees the network as if it were not in it.
   */
  private static Expected analysis(int users, double thinkSeconds, double[] demands) {
    double[] queues = new double[demands.length];
    double throughput = 0;
    double response = 0;
    for (int n = 1; n <= users; n++) {
      double[] residence = new double[demands.length];
      for (int i = 0; i < demands.length; i++) {
        residence[i] = demands[i] * (1 + queues[i]);
      }
      response = Arrays.stream(residence).sum();
      throughput = n / (thinkSeconds + response);
      for (int i = 0; i < demands.length; i++) {
        queues[i] = throughput * residence[i];
      }
    }
    return new Expected(throughput, response);
  }

  @ParameterizedTest
  @CsvSource({"5, 1, 100, 0", "20, 1, 100, 0", "5, 1, 50, 80", "20, 1, 50, 80", "40, 3, 60, 60"})
  void throughputAndResponseAreThoseOfMeanValueAnalysis(
      int users, int thinkSeconds, int frontMillis, int backMillis) {
    double trips = ROUND_TRIP * (backMillis == 0 ? 1 : 2);
    double[] demands =
        backMillis == 0
            ? new double[] {frontMillis / 1e3}
            : new double[] {frontMillis / 1e3, backMillis / 1e3};
    Expected expected = analysis(users, thinkSeconds + trips, demands);
    LoadConfig load =
        LoadConfig.users(
            "front", "/", users, DurationDistribution.constant(Duration.ofSeconds(thinkSeconds)));

    double[] throughputs = new double[RUNS];
    double[] responses = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      try (TestWorld world = world(i + 1L, users, frontMillis, backMillis, load)) {
        world.runFor(Duration.ofMinutes(1));
        long before = world.count("http_client_requests_total");
        double[] secondsBefore = world.seconds("http_client_request_duration_seconds");
        world.runFor(LENGTH);
        throughputs[i] =
            (world.count("http_client_requests_total") - before) / (double) LENGTH.toSeconds();
        double[] seconds = world.seconds("http_client_request_duration_seconds");
        responses[i] =
            (Arrays.stream(seconds).sum() - Arrays.stream(secondsBefore).sum())
                    / (seconds.length - secondsBefore.length)
                - trips;
      }
    }

    Interval.of(throughputs).assertHolds(expected.throughput());
    Interval.of(responses).assertHolds(expected.responseSeconds());
  }

  private static TestWorld world(
      long seed, int users, int frontMillis, int backMillis, LoadConfig load) {
    Endpoint front =
        Endpoint.cpu("/", DurationDistribution.exponential(Duration.ofMillis(frontMillis)));
    List<Entry> entries = new ArrayList<>();
    if (backMillis > 0) {
      front = front.calls(Call.of("back", "/", Duration.ofHours(1)));
      entries.add(
          TestWorld.entry(
              "back",
              new ServiceModel(),
              oneCore(
                  1,
                  Endpoint.cpu(
                      "/", DurationDistribution.exponential(Duration.ofMillis(backMillis)))),
              1));
    }
    entries.add(TestWorld.entry("front", new ServiceModel(), oneCore(users, front), 1));
    entries.add(TestWorld.entry("users", new LoadModel(), load, 1));
    return TestWorld.start(seed, entries.toArray(Entry[]::new));
  }

  private static ServiceConfig oneCore(int threads, Endpoint endpoint) {
    return new ServiceConfig(
        threads, QueueSpec.of(100), List.of(endpoint), 1, CpuDiscipline.PROCESSOR_SHARING);
  }
}
