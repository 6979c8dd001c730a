package dev.cascade.models.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.cascade.engine.EngineSettings;
import dev.cascade.models.http.Retries;
import dev.cascade.models.http.RetryOn;
import dev.cascade.models.load.LoadConfig.Arrivals;
import dev.cascade.models.load.LoadConfig.Pick;
import dev.cascade.models.service.Endpoint;
import dev.cascade.models.service.ServiceConfig;
import dev.cascade.models.service.ServiceModel;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.QueueSpec;
import dev.cascade.node.QueueSpec.WhenFull;
import dev.cascade.node.Rate;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What users send, and what they make of the answers. */
class LoadScenarioTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Address SERVER = Address.of("server-1", ServiceModel.PROCESS);
  private static final Address USERS = Address.of("users-1", LoadModel.PROCESS);

  /** A server that answers / and /other at once, and /slow after 2 s. */
  private static ServiceConfig server(QueueSpec queue) {
    DurationDistribution nothing = DurationDistribution.constant(Duration.ZERO);
    return ServiceConfig.of(
        1,
        queue,
        List.of(
            Endpoint.cpu("/", nothing),
            Endpoint.cpu("/other", nothing),
            new Endpoint(
                "slow",
                "/slow",
                nothing,
                DurationDistribution.constant(SECOND.multipliedBy(2)),
                null)));
  }

  private static TestWorld world(LoadConfig load, int servers, int hosts) {
    return TestWorld.start(
        1,
        TestWorld.entry("server", new ServiceModel(), server(QueueSpec.of(100)), servers),
        TestWorld.entry("users", new LoadModel(), load, hosts));
  }

  private static TestWorld world(LoadConfig load) {
    return world(load, 1, 1);
  }

  private static long attempts(TestWorld world) {
    return world.count("http_client_attempts_total");
  }

  /** A count of independent arrivals has the root of its mean as deviation; 4 of them here. */
  private static void assertPoisson(long count, double mean) {
    assertThat((double) count).isCloseTo(mean, within(4 * Math.sqrt(mean)));
  }

  @Test
  void arrivalsAreIndependentOrEven() {
    LoadConfig load = LoadConfig.atRate("server", "/", 10);

    try (TestWorld poisson = world(load);
        TestWorld even = world(load.arrivals(Arrivals.CONSTANT))) {
      long unevenSeconds = 0;
      long before = 0;
      for (int second = 0; second < 1000; second++) {
        poisson.runFor(SECOND);
        even.runFor(SECOND);
        unevenSeconds += attempts(poisson) - before == 10 ? 0 : 1;
        before = attempts(poisson);
        assertThat(attempts(even)).isEqualTo(10 * (second + 1L));
      }
      assertPoisson(attempts(poisson), 10_000);
      assertPoisson(1000 - unevenSeconds, 1000 * 0.1251); // exactly 10: e^-10 10^10 / 10!
    }
  }

  @Test
  void hostsShareTheRate() {
    try (TestWorld world = world(LoadConfig.atRate("server", "/", 50), 1, 3)) {
      world.runFor(SECOND.multipliedBy(200));

      assertPoisson(attempts(world), 50 * 200);
    }
  }

  @Test
  void aRampHasTheAreaBelowIt() {
    LoadConfig load =
        LoadConfig.ramping(
            "server",
            "/",
            0,
            List.of(
                new Stage(new Rate(100), Duration.ofSeconds(100)),
                new Stage(new Rate(0), Duration.ofSeconds(20))));
    try (TestWorld world = world(load)) {
      world.runFor(SECOND.multipliedBy(50));
      assertPoisson(attempts(world), 50 * 50 / 2.0);

      world.runFor(SECOND.multipliedBy(150));
      assertPoisson(attempts(world), 100 * 100 / 2.0 + 100 * 20 / 2.0);
    }
  }

  /** Each of n users without think time has one request of 2 s open: n / 2 answers a second. */
  @Test
  void usersComeAndGoInStages() {
    LoadConfig load =
        LoadConfig.rampingUsers(
            "server",
            "/slow",
            0,
            List.of(
                Stage.users(10, Duration.ofSeconds(10)),
                Stage.users(10, Duration.ofSeconds(90)),
                Stage.users(2, Duration.ZERO)),
            DurationDistribution.constant(Duration.ZERO));
    ServiceConfig wide =
        ServiceConfig.of(20, QueueSpec.of(10), server(QueueSpec.of(0)).endpoints());
    try (TestWorld world =
        TestWorld.start(
            1,
            TestWorld.entry("server", new ServiceModel(), wide, 1),
            TestWorld.entry("users", new LoadModel(), load, 2))) {
      world.runFor(Duration.ofMillis(5500));
      assertThat(world.gauge("http_client_vus")).isEqualTo(5);

      world.runFor(Duration.ofMillis(14_500));
      assertThat(world.gauge("http_client_vus")).isEqualTo(10);
      long before = world.count("http_client_requests_total");
      world.runFor(SECOND.multipliedBy(60));
      // 2 ms of a request's 2.002 s are its way; each user may have one more or less.
      assertThat((double) (world.count("http_client_requests_total") - before))
          .isCloseTo(10 * 60 / 2.002, within(10.0));

      world.runFor(SECOND.multipliedBy(25)); // those who left have finished what they had asked
      assertThat(world.gauge("http_client_vus")).isEqualTo(2);
    }
  }

  @Test
  void stagesLeadToWhatTheExecutorHas() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                LoadConfig.rampingUsers(
                    "server",
                    "/",
                    1,
                    List.of(new Stage(new Rate(5), SECOND)),
                    DurationDistribution.constant(SECOND)))
        .withMessage(
            "The stages of ramping-vus lead to numbers of users, not to (5/s). Maybe target: 50?");
  }

  @Test
  void anOperatorChangesTheRate() {
    try (TestWorld world = world(LoadConfig.atRate("server", "/", 10))) {
      world.runFor(SECOND.multipliedBy(100));
      assertPoisson(attempts(world), 1000);

      world.engine().command(USERS, new Client.ChangeRate(0, 0), Duration.ZERO);
      world.runFor(SECOND);
      long atRest = attempts(world);
      world.runFor(SECOND.multipliedBy(100));
      assertThat(attempts(world)).isEqualTo(atRest);

      world.engine().command(USERS, new Client.ChangeRate(40, 0), Duration.ZERO);
      world.runFor(SECOND.multipliedBy(100));
      assertPoisson(attempts(world) - atRest, 4000);
    }
  }

  @Test
  void aMixHasItsWeights() {
    LoadConfig load =
        LoadConfig.atRate("server", "/", 100)
            .paths(List.of(new PathWeight("/", 3), new PathWeight("/other", 1)));
    try (TestWorld world = world(load)) {
      world.runFor(SECOND.multipliedBy(100));

      assertPoisson(world.count("http_client_attempts_total", "path=\"/\""), 7500);
      assertPoisson(world.count("http_server_requests_total", "path=\"/other\""), 2500);
    }
  }

  @Test
  void addressesArePickedInTurnOrAtRandom() {
    LoadConfig load = LoadConfig.atRate("server", "/slow", 30).arrivals(Arrivals.CONSTANT);
    Duration tenth = Duration.ofMillis(100); // 3 requests: one for each server, or not

    try (TestWorld inTurn = world(load.pick(Pick.ROUND_ROBIN), 3, 1);
        TestWorld random = world(load, 3, 1)) {
      inTurn.runFor(tenth.plusMillis(2));
      random.runFor(tenth.plusMillis(2));
      assertThat(inTurn.gauge("service_threads_busy", "path=\"/slow\"")).isEqualTo(3);

      inTurn.runFor(SECOND);
      random.runFor(SECOND);
      double[] lengths = new double[3];
      for (int i = 0; i < 3; i++) {
        lengths[i] = random.gaugeOf("server-" + (i + 1), "service_queue_length");
        assertThat(inTurn.gaugeOf("server-" + (i + 1), "service_queue_length"))
            .isCloseTo(10, within(1.0));
      }
      assertThat(lengths).doesNotContain(lengths[0], org.assertj.core.data.Index.atIndex(1));
    }
  }

  @Test
  void everyEndingHasItsName() {
    assertThat(endings(LoadConfig.atRate("server", "/", 10))).isEqualTo("success");
    assertThat(endings(LoadConfig.atRate("server", "/nowhere", 10))).isEqualTo("error");
    assertThat(endings(LoadConfig.atRate("server", "/slow", 0.1).patience(SECOND, Retries.NONE)))
        .isEqualTo("timeout");
  }

  /** The endings that requests came to, if it was one. */
  private static String endings(LoadConfig load) {
    try (TestWorld world = world(load)) {
      world.runFor(SECOND.multipliedBy(100));
      assertThat(world.count("http_client_requests_total")).isPositive();
      return List.of("success", "error", "timeout", "refused", "reset").stream()
          .filter(
              ending -> world.count("http_client_requests_total", "outcome=\"" + ending + "\"") > 0)
          .reduce("", (all, one) -> all + one);
    }
  }

  @Test
  void theServerAnswersLateAndNobodyHears() {
    LoadConfig load = LoadConfig.atRate("server", "/slow", 0.1).patience(SECOND, Retries.NONE);
    try (TestWorld world = world(load)) {
      world.runFor(SECOND.multipliedBy(1000));

      assertThat(world.count("http_server_requests_total", "path=\"/slow\"")).isGreaterThan(50);
      assertThat(world.count("http_client_requests_total", "outcome=\"success\"")).isZero();
      assertThat(world.count("http_client_requests_failed"))
          .isEqualTo(world.count("http_client_requests_total"));
      assertThat(world.seconds("http_client_request_duration_seconds")).containsOnly(1.0);
    }
  }

  @Test
  void aDeadServerResetsAndThenRefuses() {
    LoadConfig load = LoadConfig.atRate("server", "/slow", 1).arrivals(Arrivals.CONSTANT);
    try (TestWorld world = world(load)) {
      world.runFor(SECOND.multipliedBy(10));
      long open = attempts(world) - world.count("http_client_requests_total");

      world.engine().crashProcess(SERVER);
      world.runFor(SECOND.dividedBy(2));
      assertThat(world.count("http_client_requests_total", "outcome=\"reset\"")).isEqualTo(open);

      world.runFor(SECOND.multipliedBy(10));
      assertThat(world.count("http_client_requests_total", "outcome=\"refused\"")).isEqualTo(10);
    }
  }

  @Test
  void onlyWhatIsListedIsSentAgain() {
    QueueSpec none = QueueSpec.of(0).overflow(WhenFull.REJECT);
    LoadConfig load = LoadConfig.atRate("server", "/slow", 5).arrivals(Arrivals.CONSTANT);
    Retries onTimeout = new Retries(2, null, null, List.of(RetryOn.TIMEOUT));
    Retries onError = new Retries(2, null, null, List.of(RetryOn.SERVER_ERROR));
    for (Retries retries : List.of(onTimeout, onError)) {
      try (TestWorld world =
          TestWorld.start(
              1,
              TestWorld.entry("server", new ServiceModel(), server(none), 1),
              TestWorld.entry(
                  "users", new LoadModel(), load.patience(SECOND.multipliedBy(3), retries), 1))) {
        world.runFor(SECOND.multipliedBy(100));
        long rejected = world.count("service_rejected_total", "reason=\"full\"");
        long errors = world.count("http_client_requests_total", "outcome=\"error\"");

        assertThat(errors).isPositive();
        if (retries == onError) {
          assertThat(rejected).isGreaterThanOrEqualTo(3 * errors);
        } else {
          assertThat(rejected).isCloseTo(errors, within(1L)); // one may be on its way
        }
      }
    }
  }

  @Test
  void aHostHasABoundOfOpenRequests() {
    LoadConfig load = LoadConfig.atRate("server", "/slow", 10);
    LoadConfig bounded =
        new LoadConfig(
            load.executor(),
            load.target(),
            load.path(),
            load.paths(),
            load.rate(),
            null,
            List.of(),
            load.arrivals(),
            null,
            load.thinkTime(),
            5,
            load.timeout(),
            null,
            load.pick());
    try (TestWorld world = world(bounded)) {
      world.runFor(SECOND.multipliedBy(100));

      assertThat(attempts(world)).isBetween(50L, 55L); // 5 open, and one done every 2 s
      assertPoisson(attempts(world) + world.count("http_client_dropped_iterations_total"), 1000);
    }
  }

  @Test
  void goodputIsWhatSucceededInTheLastSecond() {
    LoadConfig load = LoadConfig.atRate("server", "/", 20).arrivals(Arrivals.CONSTANT);
    try (TestWorld world = world(load)) {
      world.runFor(SECOND.multipliedBy(5));
      assertThat(world.gauge("http_client_goodput")).isCloseTo(20, within(1.0));

      world.engine().crashProcess(SERVER);
      world.runFor(SECOND.multipliedBy(2));
      assertThat(world.gauge("http_client_goodput")).isZero();
    }
  }

  @Test
  void historyDoesNotDependOnShards() {
    LoadConfig load = LoadConfig.atRate("server", "/", 50).patience(SECOND, Retries.atOnce(1));
    String[] hashes = new String[2];
    for (int i = 0; i < 2; i++) {
      EngineSettings settings =
          new EngineSettings(3, 1 + 2 * i, TestWorld.WITHOUT_RETRANSMITS, true);
      try (TestWorld world =
          TestWorld.start(
              settings,
              TestWorld.entry("server", new ServiceModel(), server(QueueSpec.of(10)), 4),
              TestWorld.entry("users", new LoadModel(), load, 3))) {
        world.runFor(SECOND.multipliedBy(20));
        hashes[i] = world.engine().traceHash();
        assertThat(world.engine().messages().missing()).isZero();
      }
    }
    assertThat(hashes[1]).isEqualTo(hashes[0]);
  }
}
