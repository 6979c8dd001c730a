package dev.cascade.models.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.http.Retries;
import dev.cascade.models.load.LoadConfig;
import dev.cascade.models.load.LoadModel;
import dev.cascade.models.service.Endpoint;
import dev.cascade.models.service.ServiceConfig;
import dev.cascade.models.service.ServiceModel;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.QueueSpec;
import dev.cascade.node.Ratio;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a proxy does when hosts behind it are not well. */
class BalancerScenarioTest {
  private static final HealthCheck CHECK =
      new HealthCheck("/", Duration.ofSeconds(5), Duration.ofSeconds(1), 3, 2);
  private static final OutlierDetection DETECTION =
      new OutlierDetection(
          5,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(300),
          new Ratio(0.1),
          true);
  private static final Ratio HALF = new Ratio(0.5);

  /** Four hosts that each need 10 ms, behind a proxy that is asked 100 times a second. */
  private static TestWorld world(BalancerConfig balancer) {
    return world(balancer, Duration.ofMillis(10));
  }

  private static TestWorld world(BalancerConfig balancer, Duration hold) {
    ServiceConfig service =
        ServiceConfig.of(
            100,
            QueueSpec.of(0),
            List.of(
                new Endpoint(
                    "/",
                    "/",
                    DurationDistribution.constant(Duration.ZERO),
                    DurationDistribution.constant(hold),
                    null)));
    return TestWorld.start(
        1,
        TestWorld.entry("shop", new ServiceModel(), service, 4),
        TestWorld.entry("proxy", new BalancerModel(), balancer, 1),
        TestWorld.entry(
            "users",
            new LoadModel(),
            LoadConfig.atRate("proxy", "/", 100).patience(Duration.ofSeconds(20), Retries.NONE),
            1));
  }

  private static BalancerConfig roundRobin() {
    return BalancerConfig.of("shop", LbPolicy.ROUND_ROBIN);
  }

  private static long asked(TestWorld world, String host) {
    return world.count("balancer_upstream_requests_total", "upstream=\"" + host + "\"");
  }

  @Test
  void withoutChecksADeadHostGetsItsShareForGood() {
    try (TestWorld world = world(roundRobin())) {
      world.engine().crashProcess(Address.of("shop-1", "server"));
      world.runFor(Duration.ofMinutes(1));

      double failed =
          (double) world.count("balancer_requests_total", "status=\"50")
              / world.count("balancer_requests_total");
      assertThat(failed).isBetween(0.24, 0.26); // one turn in four
    }
  }

  /**
   * It is asked for twice as much as it can take up. What it has taken up is answered after the 10
   * ms of the host, two ways of at most 1 ms each, and the 20 ms of the request that it may be
   * taking up just then, and no more: others wait in its backlog.
   */
  @Test
  void answersDoNotWaitBehindTheBacklogOfABusyProxy() {
    BalancerConfig busy =
        roundRobin().costing(DurationDistribution.constant(Duration.ofMillis(20)));
    try (TestWorld world = world(busy)) {
      world.runFor(Duration.ofMinutes(1));

      double[] seconds = world.seconds("balancer_request_duration_seconds");
      assertThat(seconds).hasSizeGreaterThan(2_000);
      assertThat(Arrays.stream(seconds).max().orElseThrow()).isLessThan(0.010 + 0.002 + 0.020);
    }
  }

  @Test
  void checksTakeADeadHostOutAndBringItBack() {
    try (TestWorld world = world(roundRobin().watching(CHECK, null, HALF))) {
      world.runFor(Duration.ofSeconds(10));
      assertThat(world.gauge("balancer_healthy_hosts")).isEqualTo(4);

      world.engine().crashHost("shop-1");
      // Three checks: each begins 5 s after the end of the one before, which takes 1 s at most.
      world.runFor(Duration.ofSeconds(3 * 6));
      assertThat(world.gauge("balancer_healthy_hosts")).isEqualTo(3);
      long before = asked(world, "shop-1");
      world.runFor(Duration.ofSeconds(30));
      assertThat(asked(world, "shop-1")).isEqualTo(before);

      world.engine().bootHost("shop-1");
      world.runFor(Duration.ofSeconds(2 * 6)); // two that succeed
      assertThat(world.gauge("balancer_healthy_hosts")).isEqualTo(4);
      world.runFor(Duration.ofSeconds(10));
      assertThat(asked(world, "shop-1")).isGreaterThan(before + 200);
    }
  }

  @Test
  void outlierDetectionEjectsAfterFiveFailuresForLongerEachTime() {
    try (TestWorld world =
        world(roundRobin().watching(null, DETECTION, HALF).bounds(1024, Duration.ofMillis(500)))) {
      world.runFor(Duration.ofSeconds(1));
      world.engine().crashHost("shop-1");
      world.runFor(Duration.ofSeconds(4));
      assertThat(world.gauge("balancer_healthy_hosts")).isEqualTo(3);

      // Out for 30 s, until 32 s, and back with the sweep at 40 s: then it fails again at once.
      world.runFor(Duration.ofSeconds(26));
      assertThat(world.count("balancer_ejections_total")).isEqualTo(1);
      world.runFor(Duration.ofSeconds(15));
      assertThat(world.count("balancer_ejections_total")).isEqualTo(2);

      // Twice as long: until 101 s, and back with the sweep at 110 s.
      world.runFor(Duration.ofSeconds(50));
      assertThat(world.count("balancer_ejections_total")).isEqualTo(2);
      world.runFor(Duration.ofSeconds(25));
      assertThat(world.count("balancer_ejections_total")).isEqualTo(3);
    }
  }

  @Test
  void noMoreThanTheMaximumAreEjected() {
    try (TestWorld world =
        world(roundRobin().watching(null, DETECTION, HALF).bounds(1024, Duration.ofMillis(500)))) {
      world.engine().crashHost("shop-1");
      world.engine().crashHost("shop-2");
      world.runFor(Duration.ofSeconds(20));

      assertThat(world.gauge("balancer_healthy_hosts")).isEqualTo(3); // 10 % of 4, but one always
    }
  }

  /** Three of four are dead: one alone would have all the load, so that all are asked again. */
  @Test
  void inAPanicAllAreAsked() {
    try (TestWorld world =
        world(roundRobin().watching(CHECK, null, HALF).bounds(1024, Duration.ofMillis(500)))) {
      for (String host : List.of("shop-1", "shop-2", "shop-3")) {
        world.engine().crashHost(host);
      }
      world.runFor(Duration.ofSeconds(30));
      assertThat(world.gauge("balancer_panic")).isEqualTo(1);
      long before = asked(world, "shop-4");
      world.runFor(Duration.ofSeconds(10));
      assertThat(asked(world, "shop-4") - before).isBetween(200L, 300L); // a quarter of 1,000

      assertThat(world.gauge("balancer_healthy_hosts")).isEqualTo(1);
    }
  }

  @Test
  void withoutPanicTheOneThatIsWellHasAllTheLoadAndNoneMeans503() {
    try (TestWorld world =
        world(
            roundRobin().watching(CHECK, null, Ratio.ZERO).bounds(1024, Duration.ofMillis(500)))) {
      for (String host : List.of("shop-1", "shop-2", "shop-3")) {
        world.engine().crashHost(host);
      }
      world.runFor(Duration.ofSeconds(30));
      long before = asked(world, "shop-4");
      world.runFor(Duration.ofSeconds(10));
      assertThat(asked(world, "shop-4") - before).isGreaterThan(850);

      world.engine().crashHost("shop-4");
      world.runFor(Duration.ofSeconds(30));
      long nobody = world.count("balancer_no_healthy_upstream_total");
      world.runFor(Duration.ofSeconds(10));
      assertThat(world.count("balancer_no_healthy_upstream_total") - nobody).isGreaterThan(850);
    }
  }

  /** 100/s for a second each at four hosts are 25 open at each; five may be. */
  @Test
  void connectionsToAHostAreBoundedAndMoreIsAnsweredWith503() {
    try (TestWorld world =
        world(roundRobin().bounds(5, Duration.ofSeconds(15)), Duration.ofSeconds(1))) {
      world.runFor(Duration.ofSeconds(60));

      assertThat(world.gauge("balancer_upstream_requests_open")).isLessThanOrEqualTo(20);
      assertThat(world.count("balancer_overflow_total"))
          .isEqualTo(world.count("balancer_requests_total", "status=\"503\""))
          .isGreaterThan(60 * 70);
    }
  }

  @Test
  void aHostThatTakesTooLongIsA504() {
    try (TestWorld world =
        world(roundRobin().bounds(1024, Duration.ofMillis(500)), Duration.ofSeconds(1))) {
      world.runFor(Duration.ofSeconds(10));

      assertThat(world.count("balancer_requests_total", "status=\"504\""))
          .isEqualTo(world.count("balancer_requests_total"))
          .isGreaterThan(800);
    }
  }

  @Test
  void aProxyStandsBeforeAProxy() {
    try (TestWorld world =
        TestWorld.start(
            1,
            TestWorld.entry(
                "shop",
                new ServiceModel(),
                ServiceConfig.of(
                    10,
                    QueueSpec.of(10),
                    List.of(
                        Endpoint.cpu("/", DurationDistribution.constant(Duration.ofMillis(1))))),
                3),
            TestWorld.entry("inner", new BalancerModel(), roundRobin(), 2),
            TestWorld.entry(
                "outer", new BalancerModel(), BalancerConfig.of("inner", LbPolicy.RANDOM), 1),
            TestWorld.entry("users", new LoadModel(), LoadConfig.atRate("outer", "/", 50), 1))) {
      world.runFor(Duration.ofSeconds(60));

      assertThat(world.count("http_client_requests_failed")).isZero();
      assertThat(asked(world, "inner-1") + asked(world, "inner-2"))
          .isEqualTo(world.count("balancer_requests_total", "balancer=\"outer\""))
          .isGreaterThan(2500);
      assertThat(asked(world, "shop-1")).isGreaterThan(800);
    }
  }
}
