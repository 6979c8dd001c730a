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

  /** The cluster has grown after 10 s, 150 s and 30 s; ten minutes are left. */
  private static final String[] FIXED = {
    "configuration.fifthService=false", "duration=14m", "configuration.window=10m"
  };

  /** The fifth service arrives early, without its users; 190 s later all nodes have joined. */
  private static final String[] ARRIVED = {
    "method.fifth-service-arrives.at=2m", "load.shop-users.enabled=false", "duration=14m"
  };

  private static RunResult run(long seed, List<String> mitigations, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("seed=" + seed);
    RunResult result =
        Emulation.of(
                new ScenarioReader(ModelCatalog.load())
                    .read(ScenarioSource.file(FILE), Overrides.set(all.toArray(String[]::new)))
                    .scenario(mitigations))
            .run();
    assertThat(result.end().failure()).isNull();
    return result;
  }

  private static String[] with(String[] settings, String... more) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static double measured(RunResult result, String name) {
    Map<String, Double> measurements = result.findings().measurements();
    return Objects.requireNonNull(measurements.get(name), name);
  }

  private static double expectedRate(int nodes) {
    return ZONES * TARGET_GROUPS * nodes / INTERVAL_SECONDS;
  }

  @ParameterizedTest(name = "{0} nodes, seed {1}")
  @CsvSource({
    // nodes, seed, least and most added wait in ms, least and most lost SYNs in 1,000 checks
    "4, 1, 0, 5, 0, 1",
    "4, 2, 0, 5, 0, 1",
    "8, 1, 0, 25, 0, 1",
    "10, 1, 0, 25, 0, 1",
    "10, 2, 0, 25, 0, 1",
    "20, 1, 0, 150, 0, 1",
    "20, 2, 0, 150, 0, 1",
    "28, 1, 0, 150, 5, 1000",
    "28, 2, 0, 150, 5, 1000",
    "30, 1, 50, 150, 5, 1000",
    "30, 2, 50, 150, 5, 1000",
    "30, 3, 50, 150, 5, 1000",
  })
  void checksAndWaitsFollowTheNumberOfRegisteredNodes(
      int nodes, long seed, double waitMin, double waitMax, double lostMin, double lostMax) {
    String[] settings = with(FIXED, "configuration.nodes=" + nodes);
    RunResult run = run(seed, List.of(), settings);
    RunResult control = run(seed, List.of("no-checks"), settings);

    double addedMillis =
        1000 * (measured(run, "wait_p95_seconds") - measured(control, "wait_p95_seconds"));
    assertThat(measured(run, "checks_per_second"))
        .isCloseTo(expectedRate(nodes), withPercentage(2));
    assertThat(measured(run, "checks_per_second_largest"))
        .isCloseTo(expectedRate(nodes), withPercentage(2));
    assertThat(addedMillis).isBetween(waitMin, waitMax);
    assertThat(measured(run, "listen_overflows_per_1000_checks")).isBetween(lostMin, lostMax);
  }

  @Test
  void theFifthServiceHasTheClusterGrowAndTheSmallOnesWait() {
    RunResult run = run(1, List.of());

    assertThat(run.verdict()).isEqualTo(Verdict.PASS);
    assertThat(measured(run, "nodes")).isEqualTo(30);
    assertThat(measured(run, "checks_per_second")).isCloseTo(48, withPercentage(2));
    assertThat(measured(run, "wait_p95_seconds")).isBetween(0.05, 0.15);
    assertThat(measured(run, "wait_p95_seconds_largest")).isLessThan(0.015);
    assertThat(measured(run, "checks_share_of_requests")).isGreaterThan(0.65);
  }

  @Test
  void beforeTheFifthServiceEightNodesAreHarmless() {
    RunResult run = run(1, List.of(), "configuration.fifthService=false");

    assertThat(measured(run, "nodes")).isEqualTo(8);
    assertThat(measured(run, "checks_per_second")).isCloseTo(12.8, withPercentage(2));
    assertThat(measured(run, "wait_p95_seconds")).isLessThan(0.025);
    assertThat(measured(run, "listen_overflows_per_1000_checks")).isZero();
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
    RunResult run = run(1, List.of(mitigation), ARRIVED);

    assertThat(run.verdict()).isEqualTo(Verdict.PASS);
    assertThat(measured(run, "wait_p95_seconds")).isLessThan(0.04);
    assertThat(measured(run, "checks_per_second")).isCloseTo(rate(mitigation), withPercentage(2));
  }

  private static double rate(String mitigation) {
    return switch (mitigation) {
      case "ingress-group" -> 6.4;
      case "longer-interval" -> 8;
      case "one-target-group" -> 24;
      default -> 48; // as many checks, but not all at the small service's pods, or not at once
    };
  }

  @Test
  void withTheLocalPolicyOnlyNodesWithAPodPassChecksOn() {
    RunResult run = run(1, List.of("local-policy"), with(ARRIVED, reaching("window")));

    assertThat(measured(run, "window")).isCloseTo(expectedRate(2), withPercentage(2));
  }

  /** Checks a second that a pod took up; the four probes in 10 s are not counted. */
  private static String reaching(String name) {
    return "measurements."
        + name
        + "=rate('http_server_requests_total{service=\"cart\",path=\"/health\"}', '8m') - 0.4";
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
    RunResult before = run(1, List.of(), settings);
    RunResult after = run(1, List.of(), with(settings, "method.fifth-service-arrives.replicas=54"));

    assertThat(measured(after, "nodes")).isEqualTo(measured(before, "nodes") + 5);
    for (String service : List.of("cart", "billing", "search", "reviews", "shop")) {
      assertThat(measured(after, service) - measured(before, service))
          .as(service)
          .isCloseTo(expectedRate(5), within(0.01 * expectedRate(5)));
    }
  }

  @Test
  void aGroupOfItsOwnKeepsTheChecksConstantWhileTheOtherGroupGrows() {
    String[] settings = with(ARRIVED, "duration=7m", "configuration.window=1m");
    for (int pods : List.of(0, 44, 64)) {
      RunResult run =
          run(
              1,
              List.of("ingress-group"),
              with(settings, "method.fifth-service-arrives.replicas=" + pods));

      assertThat(measured(run, "nodes")).isEqualTo(8 + pods / 2.0);
      assertThat(measured(run, "checks_per_second")).isCloseTo(6.4, withPercentage(2));
    }
  }

  /**
   * The listen queue bounds the wait of all that get in; what does not is lost and comes again a
   * second later. So the mean, which holds these seconds, grows more than the 95th percentile, and
   * losses grow most.
   */
  @Test
  void aThirdMoreNodesSlowTheSmallServiceByAQuarter() {
    double waitBefore = 0;
    double waitAfter = 0;
    double lostBefore = 0;
    double lostAfter = 0;
    for (long seed = 1; seed <= 4; seed++) {
      RunResult before = run(seed, List.of(), with(FIXED, "configuration.nodes=30"));
      RunResult after = run(seed, List.of(), with(FIXED, "configuration.nodes=40"));
      RunResult control = run(seed, List.of("no-checks"), with(FIXED, "configuration.nodes=30"));
      double unavoidable = measured(control, "wait_mean_seconds");
      waitBefore += measured(before, "wait_mean_seconds") - unavoidable;
      waitAfter += measured(after, "wait_mean_seconds") - unavoidable;
      lostBefore += measured(before, "listen_overflows_per_1000_checks");
      lostAfter += measured(after, "listen_overflows_per_1000_checks");
    }

    assertThat(waitAfter).isGreaterThan(1.25 * waitBefore);
    assertThat(lostAfter).isGreaterThan(2 * lostBefore);
  }
}
