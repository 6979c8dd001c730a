package dev.cascade.models.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.cascade.run.Emulation;
import dev.cascade.run.RunResult;
import dev.cascade.run.Verdict;
import dev.cascade.scenario.ModelCatalog;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The incident of {@code config/scenarios/healthcheck-storm.yaml}: checks follow the cluster, waits
 * follow the checks. Most runs leave out the largest service's users, who share nothing with the
 * small ones: they are two thirds of the work.
 */
class HealthcheckStormScenarioTest {
  private static final Path FILE = Path.of("..", "config", "scenarios", "healthcheck-storm.yaml");

  private static final int ZONES = 4;
  private static final int TARGET_GROUPS = 2;
  private static final double INTERVAL_SECONDS = 5;

  private static final long SEEDS = Long.getLong("cascade.seeds", 5);

  private static final List<String> SMALL = List.of("cart", "billing", "search", "reviews");

  /** The cluster has grown after 10 s, 150 s and 30 s; six minutes are left. */
  private static final String[] FIXED = {
    "configuration.fifthService=false", "duration=10m", "configuration.window=6m"
  };

  /** The fifth service arrives early, without its users; 190 s later all nodes have joined. */
  private static final String[] ARRIVED = {
    "method.fifth-service-arrives.at=2m", "load.shop-users.enabled=false", "duration=14m"
  };

  /** What a run showed. Claims share runs: the same scenario and seed are the same run. */
  private record Shown(Verdict verdict, Map<String, Double> measurements) {}

  private static final Map<List<Object>, Shown> RUNS = new ConcurrentHashMap<>();

  private static Shown run(long seed, List<String> mitigations, String... settings) {
    List<Object> which = List.of(seed, mitigations, List.of(settings));
    Shown known = RUNS.get(which);
    if (known == null) { // two threads may both run it; whoever waits for the other does nothing
      known = runAnew(seed, mitigations, settings);
      RUNS.put(which, known);
    }
    return known;
  }

  private static Shown runAnew(long seed, List<String> mitigations, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("seed=" + seed);
    RunResult result =
        Emulation.of(
                new ScenarioReader(ModelCatalog.load())
                    .read(ScenarioSource.file(FILE), Overrides.set(all.toArray(String[]::new)))
                    .scenario(mitigations))
            .run();
    assertThat(result.end().failure()).isNull();
    return new Shown(result.verdict(), result.findings().measurements());
  }

  /**
   * Two seeds, or with {@code -Pfull} the five that the claims are made for, on as many cores as
   * there are; a claim that fails for one of them fails.
   */
  private static void forSeeds(LongConsumer claim) {
    LongStream.rangeClosed(1, SEEDS).parallel().forEach(claim);
  }

  private static String[] with(String[] settings, String... more) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static double measured(Shown run, String name) {
    return Objects.requireNonNull(run.measurements().get(name), name);
  }

  private static double expectedRate(double nodes) {
    return ZONES * TARGET_GROUPS * nodes / INTERVAL_SECONDS;
  }

  @ParameterizedTest(name = "{0} nodes")
  @CsvSource({
    // nodes, least and most added wait in ms, least and most lost SYNs in 1,000 checks
    "4, 0, 5, 0, 1",
    "8, 0, 25, 0, 1",
    "10, 0, 25, 0, 1",
    "20, 0, 150, 0, 1",
    "28, 0, 150, 5, 1000",
    "30, 50, 150, 5, 1000",
  })
  void waitsFollowTheNumberOfRegisteredNodes(
      int nodes, double waitMin, double waitMax, double lostMin, double lostMax) {
    String[] settings = waits(nodes);
    forSeeds(
        seed -> {
          Shown run = run(seed, List.of(), settings);
          Shown control = run(seed, List.of("no-checks"), settings);
          String which = "%d nodes, seed %d".formatted(nodes, seed);

          double addedMillis =
              1000 * (measured(run, "wait_p95_seconds") - measured(control, "wait_p95_seconds"));
          assertThat(addedMillis).as(which).isBetween(waitMin, waitMax);
          assertThat(measured(run, "listen_overflows_per_1000_checks"))
              .as(which)
              .isBetween(lostMin, lostMax);
        });
  }

  /** Counted where they are issued, and where they are answered: by pods of both services. */
  @ParameterizedTest(name = "{0} nodes")
  @ValueSource(ints = {4, 8, 10, 20, 30})
  void checksFollowTheNumberOfRegisteredNodesAndNotTheSizeOfTheService(int nodes) {
    String[] settings =
        with(
            ARRIVED,
            "duration=7m",
            "configuration.window=100s",
            "configuration.nodes=" + nodes,
            "measurements.largest=sum(rate('http_server_requests_total{service=\"shop\",path=\"/health\"}', '100s'))");
    forSeeds(
        seed -> {
          Shown run = run(seed, List.of(), settings);

          assertThat(
                  List.of(
                      measured(run, "checks_per_second"),
                      measured(run, "checks_per_second_largest"),
                      measured(run, "checks_reaching_pods_per_second"),
                      measured(run, "largest")))
              .as("%d nodes, seed %d", nodes, seed)
              .allSatisfy(
                  rate -> assertThat(rate).isCloseTo(expectedRate(nodes), withPercentage(2)));
        });
  }

  @Test
  void theFifthServiceHasTheClusterGrowAndTheSmallOnesWait() {
    forSeeds(
        seed -> {
          Shown run = run(seed, List.of());

          assertThat(run.verdict()).as("seed %d", seed).isEqualTo(Verdict.PASS);
          assertThat(measured(run, "nodes")).isEqualTo(30);
          assertThat(measured(run, "checks_per_second")).isCloseTo(48, withPercentage(2));
          assertThat(measured(run, "wait_p95_seconds")).isBetween(0.05, 0.15);
          assertThat(measured(run, "wait_p95_seconds_largest")).isLessThan(0.015);
          assertThat(measured(run, "checks_share_of_requests")).isGreaterThan(0.65);
        });
  }

  @Test
  void beforeTheFifthServiceEightNodesAreHarmless() {
    forSeeds(
        seed -> {
          Shown run = run(seed, List.of("before-fifth-service"));

          assertThat(run.verdict()).as("seed %d", seed).isEqualTo(Verdict.PASS);
          assertThat(measured(run, "nodes")).isEqualTo(8);
          assertThat(measured(run, "checks_per_second")).isCloseTo(12.8, withPercentage(2));
          assertThat(measured(run, "wait_p95_seconds")).isLessThan(0.025);
          assertThat(measured(run, "listen_overflows_per_1000_checks")).isZero();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ingress-group",
        "longer-interval",
        "one-target-group",
        "local-policy",
        "shared-ingress",
        "even-phases"
      })
  void eachLessonDoesWhatIsExpectedOfIt(String mitigation) {
    forSeeds(
        seed -> {
          Shown run = run(seed, List.of(mitigation), ARRIVED);

          assertThat(run.verdict()).as("seed %d", seed).isEqualTo(Verdict.PASS);
          assertThat(measured(run, "wait_p95_seconds")).as("seed %d", seed).isLessThan(0.04);
          assertThat(measured(run, "checks_per_second"))
              .as("seed %d", seed)
              .isCloseTo(rate(mitigation, measured(run, "nodes")), withPercentage(2));
        });
  }

  private static double rate(String mitigation, double nodes) {
    return switch (mitigation) {
      case "ingress-group" -> 6.4;
      case "longer-interval" -> 8;
      case "one-target-group" -> 24;
      // As many checks, but not all at the small service's pods, or not at once. An ingress needs
      // room, so that there are some nodes more.
      default -> expectedRate(nodes);
    };
  }

  @Test
  void withTheLocalPolicyOnlyNodesWithAPodPassChecksOn() {
    forSeeds(
        seed ->
            assertThat(
                    measured(
                        run(seed, List.of("local-policy"), ARRIVED),
                        "checks_reaching_pods_per_second"))
                .as("seed %d", seed)
                .isCloseTo(expectedRate(2), withPercentage(2)));
  }

  @Test
  void withoutOneZonesLoadBalancerNodesAQuarterOfTheChecksIsGone() {
    String[] settings = with(ARRIVED, "configuration.zoneFails=true", "configuration.window=2m");
    forSeeds(
        seed -> {
          Shown run = run(seed, List.of(), settings);

          assertThat(measured(run, "nodes")).isEqualTo(30);
          assertThat(measured(run, "checks_reaching_pods_per_second"))
              .as("seed %d", seed)
              .isCloseTo(0.75 * expectedRate(30), withPercentage(2));
        });
  }

  @Test
  void fiveMoreNodesAreEightMoreChecksForEveryService() {
    String[] settings = with(ARRIVED, "duration=7m", "configuration.window=1m");
    for (String service : List.of("cart", "billing", "search", "reviews", "shop")) {
      settings =
          with(
              settings,
              "measurements.%s=sum(rate('lb_health_checks_total{load_balancer=\"alb-%s\"}', '1m'))"
                  .formatted(service, service));
    }
    String[] all = settings;
    forSeeds(
        seed -> {
          Shown before = run(seed, List.of(), all);
          Shown after = run(seed, List.of(), with(all, "configuration.pods=70"));

          assertThat(measured(after, "nodes")).isEqualTo(measured(before, "nodes") + 5);
          for (String service : List.of("cart", "billing", "search", "reviews", "shop")) {
            assertThat(measured(after, service) - measured(before, service))
                .as("%s, seed %d", service, seed)
                .isCloseTo(expectedRate(5), within(0.01 * expectedRate(5)));
          }
        });
  }

  @Test
  void aGroupOfItsOwnKeepsTheChecksConstantWhileTheOtherGroupGrows() {
    String[] settings = with(ARRIVED, "duration=7m", "configuration.window=1m");
    forSeeds(
        seed -> {
          for (int pods : List.of(0, 60, 80)) {
            Shown run =
                run(seed, List.of("ingress-group"), with(settings, "configuration.pods=" + pods));

            assertThat(measured(run, "nodes")).isEqualTo(Math.max(8, pods / 2.0));
            assertThat(measured(run, "checks_per_second")).isCloseTo(6.4, withPercentage(2));
          }
        });
  }

  /** Twenty more pods, two a node, are ten more nodes. */
  @Test
  void aThirdMoreOfTheLargestServiceTakesTheClusterFromThirtyNodesToForty() {
    String[] settings = with(ARRIVED, "duration=7m");
    forSeeds(
        seed ->
            assertThat(measured(run(seed, List.of("larger-fifth-service"), settings), "nodes"))
                .isEqualTo(40));
  }

  @Test
  void aThirdMoreOfTheLargestServiceSlowsTheSmallOnesByAQuarter() {
    List<Growth> grown = // ten pairs with -Pfull
        LongStream.rangeClosed(1, 2 * SEEDS)
            .parallel()
            .mapToObj(HealthcheckStormScenarioTest::grow)
            .toList();
    double waitBefore = grown.stream().mapToDouble(Growth::waitBefore).sum();
    double waitAfter = grown.stream().mapToDouble(Growth::waitAfter).sum();
    double lostBefore = grown.stream().mapToDouble(Growth::lostBefore).sum();
    double lostAfter = grown.stream().mapToDouble(Growth::lostAfter).sum();

    assertThat(waitAfter).isGreaterThan(1.25 * waitBefore);
    assertThat(lostAfter).isGreaterThan(2 * lostBefore);
  }

  /** Added waits of all small services, and lost SYNs in 1,000 checks, before and after. */
  private record Growth(double waitBefore, double waitAfter, double lostBefore, double lostAfter) {}

  private static Growth grow(long seed) {
    Shown before = run(seed, List.of(), GROWN);
    Shown after = run(seed, List.of("larger-fifth-service"), GROWN);
    Shown beforeControl = run(seed, List.of("no-checks"), GROWN);
    Shown afterControl = run(seed, List.of("larger-fifth-service", "no-checks"), GROWN);
    double waitBefore = 0;
    double waitAfter = 0;
    for (String service : SMALL) {
      waitBefore += measured(before, service) - measured(beforeControl, service);
      waitAfter += measured(after, service) - measured(afterControl, service);
    }
    return new Growth(
        waitBefore,
        waitAfter,
        measured(before, "listen_overflows_per_1000_checks"),
        measured(after, "listen_overflows_per_1000_checks"));
  }

  /** All nodes have joined after 2 m and 190 s, and take some probes to be healthy. */
  private static final String[] GROWN =
      with(
          waits(0),
          "configuration.fifthService=true",
          "method.fifth-service-arrives.at=2m",
          "load.shop-users.enabled=false",
          "duration=12m");

  /** Measures the 95th percentile of each small service's wait, under the service's name. */
  private static String[] waits(int nodes) {
    String[] settings = with(FIXED, "configuration.nodes=" + nodes);
    for (String service : SMALL) {
      settings =
          with(
              settings,
              "measurements.%1$s=quantile(0.95, 'http_server_request_queueing_seconds{service=\"%1$s\",path=\"/%1$s\"}', '6m')"
                  .formatted(service));
    }
    return settings;
  }

  /**
   * {@link BurstQueue} knows pods, workers, users and bursts, but no CPU, no network and no actor.
   * What these add (some 1 ms to each way, 1 ms of CPU in a check's 10) is within the tolerance.
   */
  @ParameterizedTest(name = "{0} nodes")
  @ValueSource(ints = {20, 30, 40})
  void waitsAgreeWithACalculationThatKnowsNothingOfTheEmulator(int nodes) {
    double wait = 0;
    double lost = 0;
    BurstQueue calculated = new BurstQueue(nodes);
    forSeeds(seed -> run(seed, List.of(), waits(nodes)));
    for (long seed = 1; seed <= 5; seed++) {
      Shown run = run(seed, List.of(), waits(nodes));
      for (String service : SMALL) {
        wait += measured(run, service) / (5 * SMALL.size());
      }
      lost += measured(run, "listen_overflows_per_1000_checks") / 5;
      calculated.run(seed);
    }

    assertThat(wait).isCloseTo(calculated.waitSeconds(0.95), withPercentage(10));
    assertThat(lost).isCloseTo(calculated.lostPer1000Checks(), within(10.0));
  }
}
