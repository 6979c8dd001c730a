package dev.cascade.models.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.engine.Entry;
import dev.cascade.models.aws.LoadBalancerConfig.TargetGroupConfig;
import dev.cascade.models.load.LoadConfig;
import dev.cascade.models.load.LoadModel;
import dev.cascade.models.world.TestWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a load balancer does to its targets, seen from them. */
class LoadBalancerScenarioTest {
  private static final List<String> ZONES = List.of("a", "b", "c", "d");
  private static final List<String> PROCESSES = List.of("http", "https");
  private static final List<TargetGroupConfig> GROUPS =
      List.of(new TargetGroupConfig("http", "http"), new TargetGroupConfig("https", "https"));
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final HealthCheckConfig CHECK =
      HealthCheckConfig.of("/health", INTERVAL, Duration.ofSeconds(4));

  /** The hosts of targets that are not well. */
  private final TreeSet<String> ill = new TreeSet<>();

  private final Watched watched = new Watched();

  private TestWorld world(int targets, LoadBalancerConfig config) {
    return TestWorld.start(
        1,
        Entry.of("lb", new LoadBalancerModel(), config, 1, ZONES),
        watched.targets(targets, PROCESSES, host -> !ill.contains(host)),
        Watched.registrar("lb", targets),
        TestWorld.entry("users", new LoadModel(), LoadConfig.atRate("lb", "/page", 20), 1));
  }

  private TestWorld world(int targets) {
    return world(targets, LoadBalancerConfig.of(GROUPS, CHECK));
  }

  @Test
  void everyNodeChecksEveryTargetOfEveryGroupOnceInAnInterval() {
    int targets = 10;
    try (TestWorld world = world(targets)) {
      world.runFor(Duration.ofSeconds(60));
    }
    for (int round = 2; round < 12; round++) {
      Duration start = INTERVAL.multipliedBy(round);
      List<Watched.Arrival> checks = watched.between(start, start.plus(INTERVAL), "/health");
      Map<String, Integer> times = new TreeMap<>();
      checks.forEach(check -> times.merge(check.client() + " " + check.target(), 1, Integer::sum));

      assertThat(times).hasSize(ZONES.size() * PROCESSES.size() * targets);
      assertThat(times.values()).allMatch(count -> count == 1);
    }
  }

  @Test
  void checksOfAnIntervalBeginWithinTheSpread() {
    try (TestWorld world = world(10)) {
      world.runFor(Duration.ofSeconds(60));
    }
    long latest = CHECK.spread().plus(Duration.ofMillis(2)).toNanos(); // and the way there
    List<Watched.Arrival> checks =
        watched.between(Duration.ofSeconds(10), Duration.ofSeconds(60), "/health");

    assertThat(checks).isNotEmpty();
    assertThat(checks).allMatch(check -> check.timeNanos() % INTERVAL.toNanos() <= latest);
  }

  @Test
  void nodesThatAreNotAlignedBeginTheirIntervalsApart() {
    HealthCheckConfig apart =
        new HealthCheckConfig(
            true, "/health", INTERVAL, Duration.ofSeconds(4), 5, 2, CHECK.spread(), false);
    try (TestWorld world = world(10, LoadBalancerConfig.of(GROUPS, apart))) {
      world.runFor(Duration.ofSeconds(60));
    }
    List<Watched.Arrival> checks =
        watched.between(Duration.ofSeconds(10), Duration.ofSeconds(60), "/health");
    Map<String, TreeSet<Long>> phases = new TreeMap<>();
    for (Watched.Arrival check : checks) {
      phases
          .computeIfAbsent(String.valueOf(check.client()), node -> new TreeSet<>())
          .add(check.timeNanos() % INTERVAL.toNanos());
    }
    TreeSet<Long> first = new TreeSet<>();
    phases.values().forEach(all -> first.add(all.first()));

    assertThat(phases).hasSize(ZONES.size());
    assertThat(checks).hasSize(10 * ZONES.size() * PROCESSES.size() * 10);
    assertThat(first.last() - first.first()).isGreaterThan(10 * CHECK.spread().toNanos());
  }

  @Test
  void withoutOneZonesNodesAQuarterOfTheChecksIsGone() {
    try (TestWorld world = world(10)) {
      world.runFor(Duration.ofSeconds(60));
      world.engine().crashHost("lb-a");
      world.runFor(Duration.ofSeconds(60));
    }
    int before = watched.between(Duration.ofSeconds(10), Duration.ofSeconds(60), "/health").size();
    int after = watched.between(Duration.ofSeconds(65), Duration.ofSeconds(115), "/health").size();

    assertThat(before).isEqualTo(10 * ZONES.size() * PROCESSES.size() * 10);
    assertThat(after * 4).isEqualTo(before * 3);
  }

  @Test
  void aNodeThatReturnsLearnsItsTargetsAgain() {
    try (TestWorld world = world(2)) {
      world.runFor(Duration.ofSeconds(30));
      world.engine().crashHost("lb-a");
      world.engine().bootHost("lb-a");
      world.runFor(Duration.ofSeconds(30));
    }
    assertThat(watched.between(Duration.ofSeconds(40), Duration.ofSeconds(60), "/health"))
        .hasSize(4 * ZONES.size() * PROCESSES.size() * 2);
  }

  @Test
  void anIllTargetGetsNoRequestsUntilFiveChecksInARowSucceed() {
    try (TestWorld world = world(2)) {
      world.runFor(Duration.ofSeconds(30));
      ill.add("target-1");
      world.runFor(Duration.ofSeconds(30));
      ill.clear();
      world.runFor(Duration.ofSeconds(60));
    }
    // Ill from 30 s on: two checks, 5 s apart, make it unhealthy; well from 60 s on, and five
    // checks make it healthy again.
    assertThat(pages("target-1", 10, 30)).isPositive();
    assertThat(pages("target-1", 36, 79)).isZero();
    assertThat(pages("target-1", 91, 120)).isPositive();
    assertThat(pages("target-2", 36, 79)).isBetween(700L, 1_020L); // 860, give or take 5 × 29
  }

  @Test
  void withNoHealthyTargetAllGetRequests() {
    try (TestWorld world = world(2)) {
      world.runFor(Duration.ofSeconds(30));
      ill.addAll(List.of("target-1", "target-2"));
      world.runFor(Duration.ofSeconds(60));

      assertThat(world.gauge("lb_healthy_targets")).isZero();
      assertThat(world.engine().takeEvents())
          .extracting(event -> event.name())
          .contains("target-group-fails-open");
    }
    assertThat(pages("target-1", 40, 90)).isPositive();
    assertThat(pages("target-2", 40, 90)).isPositive();
  }

  @Test
  void aNewTargetNeedsOneSuccess() {
    try (TestWorld world = world(1)) {
      world.runFor(Duration.ofSeconds(6)); // one interval, and the way there

      assertThat(world.gauge("lb_healthy_targets")).isEqualTo(ZONES.size() * PROCESSES.size());
    }
  }

  @Test
  void moreTargetsThanTheQuotaAreTurnedAway() {
    LoadBalancerConfig three =
        new LoadBalancerConfig(GROUPS, CHECK, 3, Duration.ofSeconds(60), Duration.ofSeconds(10));
    try (TestWorld world = world(5, three)) {
      world.runFor(Duration.ofSeconds(30));

      assertThat(world.gauge("lb_targets")).isEqualTo(3);
      assertThat(world.count("lb_registrations_rejected_total")).isEqualTo(2);
    }
  }

  @Test
  void withoutChecksAllTargetsCountAsHealthy() {
    HealthCheckConfig off =
        new HealthCheckConfig(
            false, "/health", INTERVAL, Duration.ofSeconds(4), 5, 2, Duration.ofMillis(50), true);
    ill.add("target-1");
    try (TestWorld world = world(2, LoadBalancerConfig.of(GROUPS, off))) {
      world.runFor(Duration.ofSeconds(60));
    }
    assertThat(watched.between(Duration.ZERO, Duration.ofSeconds(60), "/health")).isEmpty();
    assertThat(pages("target-1", 10, 60)).isPositive();
  }

  private long pages(String host, int fromSeconds, int toSeconds) {
    return watched
        .between(Duration.ofSeconds(fromSeconds), Duration.ofSeconds(toSeconds), "/page")
        .stream()
        .filter(page -> page.target().startsWith(host + "/"))
        .count();
  }
}
