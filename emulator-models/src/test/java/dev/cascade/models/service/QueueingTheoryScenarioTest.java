package dev.cascade.models.service;

import dev.cascade.models.load.LoadConfig;
import dev.cascade.models.load.LoadModel;
import dev.cascade.models.world.Interval;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.HostSpec.CpuDiscipline;
import dev.cascade.node.QueueSpec;
import dev.cascade.node.QueueSpec.Discipline;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers and users against closed forms; each run of a seed is one observation. */
class QueueingTheoryScenarioTest {
  private static final int RUNS = 12;
  private static final double SERVICE_SECONDS = 0.1;
  private static final DurationDistribution SERVICE =
      DurationDistribution.exponential(Duration.ofMillis(100));
  private static final DurationDistribution NOTHING = DurationDistribution.constant(Duration.ZERO);
  private static final Duration LENGTH = Duration.ofMinutes(10);

  /** Enough that the loss, of some percent, is known to a fifth of it. */
  private static final int CUSTOMERS = 27_000;

  /**
   * M/M/c/K: with a = rate × service time, n are in the system with a probability in proportion to
   * a^n / n! up to c, and falling by a / c from there. The queue's length, and so the mean wait, is
   * the same for every discipline that does not look at how long work takes.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 9, 9, FIFO",
    "1, 20, 5, LIFO",
    "5, 10, 25, FIFO",
    "5, 10, 45, FIFO",
    "5, 10, 45, LIFO",
    "5, 10, 75, FIFO"
  })
  void lossAndWaitAreThoseOfErlangsQueue(
      int threads, int queue, double perSecond, Discipline discipline) {
    double load = perSecond * SERVICE_SECONDS;
    double[] weights = new double[threads + queue + 1];
    weights[0] = 1;
    for (int n = 1; n < weights.length; n++) {
      weights[n] = weights[n - 1] * load / Math.min(n, threads);
    }
    double total = Arrays.stream(weights).sum();
    double loss = weights[threads + queue] / total;
    double waiting = 0;
    for (int n = threads; n < weights.length; n++) {
      waiting += (n - threads) * weights[n] / total;
    }
    double wait = waiting / (perSecond * (1 - loss));

    double[] losses = new double[RUNS];
    double[] waits = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      try (TestWorld world =
          world(
              i,
              new ServiceConfig(
                  threads,
                  QueueSpec.of(queue).discipline(discipline),
                  List.of(new Endpoint("/", "/", NOTHING, SERVICE, null)),
                  1,
                  CpuDiscipline.PROCESSOR_SHARING),
              LoadConfig.atRate("server", "/", perSecond))) {
        world.runFor(Duration.ofSeconds(Math.round(CUSTOMERS / perSecond)));
        losses[i] =
            (double) world.count("service_rejected_total", "reason=\"full\"")
                / world.count("http_client_attempts_total");
        waits[i] = Arrays.stream(world.seconds("service_queue_wait_seconds")).average().orElse(0);
      }
    }

    Interval.of(waits).assertHolds(wait);
    if (loss > 1e-3) { // rarer ones are too few to be counted
      Interval.of(losses).assertHolds(loss);
    }
  }

  /**
   * Users who think and one server (the machine repairman's): n of N wait or are served with a
   * probability in proportion to N! / (N - n)! (S / Z)^n, whatever the law of the thinking; the two
   * ways through the network, 1 ms each, are as good as thought.
   */
  @ParameterizedTest
  @CsvSource({"3, 1", "10, 1", "20, 1"})
  void usersWhoThinkGetTheThroughputOfTheMachineRepairman(int users, double thinkSeconds) {
    double ratio = SERVICE_SECONDS / (thinkSeconds + 0.002);
    double weight = 1;
    double total = 1;
    for (int n = 1; n <= users; n++) {
      weight *= (users - n + 1) * ratio;
      total += weight;
    }
    double throughput = (1 - 1 / total) / SERVICE_SECONDS;

    double[] throughputs = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      try (TestWorld world =
          world(
              i,
              new ServiceConfig(
                  1,
                  QueueSpec.of(100),
                  List.of(Endpoint.cpu("/", SERVICE)),
                  1,
                  CpuDiscipline.PROCESSOR_SHARING),
              LoadConfig.users(
                  "server",
                  "/",
                  users,
                  DurationDistribution.constant(
                      Duration.ofMillis(Math.round(thinkSeconds * 1000)))))) {
        world.runFor(Duration.ofMinutes(1));
        long before = world.count("http_client_requests_total");
        world.runFor(LENGTH);
        throughputs[i] =
            (world.count("http_client_requests_total") - before) / (double) LENGTH.toSeconds();
      }
    }

    Interval.of(throughputs).assertHolds(throughput);
  }

  private static TestWorld world(int run, ServiceConfig service, LoadConfig load) {
    return TestWorld.start(
        run + 1L,
        TestWorld.entry("server", new ServiceModel(), service, 1),
        TestWorld.entry("users", new LoadModel(), load, 1));
  }
}
