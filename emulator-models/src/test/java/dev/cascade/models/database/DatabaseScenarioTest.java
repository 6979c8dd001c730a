package dev.cascade.models.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cascade.models.keys.KeyDistribution;
import dev.cascade.models.load.LoadConfig;
import dev.cascade.models.load.LoadConfig.Arrivals;
import dev.cascade.models.load.LoadModel;
import dev.cascade.models.world.Interval;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.HostSpec.CpuDiscipline;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.QueueSpec;
import dev.cascade.node.QueueSpec.WhenFull;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Connections, locks and replicas of a database under load. */
class DatabaseScenarioTest {
  private static final DurationDistribution NOTHING = DurationDistribution.constant(Duration.ZERO);
  private static final QueueSpec NONE_WAITS = QueueSpec.of(0).overflow(WhenFull.REFUSE);

  private static DurationDistribution millis(long millis) {
    return DurationDistribution.constant(Duration.ofMillis(millis));
  }

  private static Query query(DurationDistribution hold, @Nullable RowLock lock, boolean write) {
    return new Query("main", "/", NOTHING, hold, lock, write);
  }

  private static DatabaseConfig config(int connections, Query query, DurationDistribution apply) {
    return new DatabaseConfig(
        connections, NONE_WAITS, List.of(query), 4, CpuDiscipline.PROCESSOR_SHARING, apply);
  }

  private static TestWorld world(
      int seed, DatabaseConfig config, int hosts, double perSecond, Arrivals arrivals) {
    return TestWorld.start(
        seed,
        TestWorld.entry("shop", new DatabaseModel(), config, hosts),
        TestWorld.entry(
            "users",
            new LoadModel(),
            LoadConfig.atRate("shop", "/", perSecond).arrivals(arrivals),
            1));
  }

  @Test
  void queriesWithoutAConnectionAreRefused() {
    DatabaseConfig config = config(2, query(millis(900), null, false), NOTHING);
    try (TestWorld world = world(1, config, 1, 4, Arrivals.CONSTANT)) {
      world.runFor(Duration.ofSeconds(100));

      // Four a second come evenly; two find the connections free, which the other two do not.
      assertThat((double) world.count("database_queries_total")).isCloseTo(200, within(4.0));
      assertThat((double) world.count("http_client_requests_total", "outcome=\"refused\""))
          .isCloseTo(200, within(4.0));
    }
  }

  /**
   * One row that is locked for exponential times is M/M/1: its queries wait for load / (1 - load)
   * holds on average, whatever the number of connections.
   */
  @Test
  void oneRowIsAServerWithAQueue() {
    DurationDistribution hold = DurationDistribution.exponential(Duration.ofMillis(100));
    DatabaseConfig config = config(500, query(hold, RowLock.uniform(1), false), NOTHING);
    double[] waits = new double[12];
    for (int i = 0; i < waits.length; i++) {
      try (TestWorld world = world(i + 1, config, 1, 7, Arrivals.POISSON)) {
        world.runFor(Duration.ofMinutes(20));
        waits[i] =
            Arrays.stream(world.seconds("database_lock_wait_seconds")).average().orElseThrow();
      }
    }

    double expected = 0.7 / (1 - 0.7) * 0.1;
    Interval.of(waits).assertHolds(expected);
  }

  @Test
  void rowsAreLockedBesideEachOther() {
    // 20/s of 100 ms each are twice what one row can do, and little for a thousand.
    Query hot = query(millis(100), RowLock.uniform(1), false);
    try (TestWorld world = world(1, config(500, hot, NOTHING), 1, 20, Arrivals.CONSTANT)) {
      world.runFor(Duration.ofSeconds(20));
      assertThat((double) world.count("database_queries_total")).isCloseTo(200, within(3.0));
      assertThat(world.gauge("database_locks_waiting")).isCloseTo(200, within(5.0));
    }
    Query spread = query(millis(100), RowLock.uniform(1000), false);
    try (TestWorld world = world(1, config(500, spread, NOTHING), 1, 20, Arrivals.CONSTANT)) {
      world.runFor(Duration.ofSeconds(20));
      assertThat((double) world.count("database_queries_total")).isCloseTo(400, within(5.0));
    }
  }

  /** Requests of 100 ms with one key are done one after the other, with a thousand beside. */
  @Test
  void aRequestsKeySaysWhichRowIsLocked() {
    Query query = query(millis(100), RowLock.ofRequest(), false);
    for (int keys : new int[] {1, 1000}) {
      LoadConfig load =
          LoadConfig.atRate("shop", "/", 20)
              .arrivals(Arrivals.CONSTANT)
              .keys(KeyDistribution.uniform(keys));
      try (TestWorld world =
          TestWorld.start(
              1,
              TestWorld.entry("shop", new DatabaseModel(), config(500, query, NOTHING), 1),
              TestWorld.entry("users", new LoadModel(), load, 1))) {
        world.runFor(Duration.ofSeconds(20));
        assertThat((double) world.count("database_queries_total"))
            .isCloseTo(keys == 1 ? 200 : 400, within(5.0));
      }
    }
  }

  @Test
  void aRequestThatNamesNoRowIsABadOne() {
    Query query = query(millis(100), RowLock.ofRequest(), false);
    try (TestWorld world = world(1, config(5, query, NOTHING), 1, 20, Arrivals.CONSTANT)) {
      world.runFor(Duration.ofSeconds(5));

      assertThat(world.count("database_queries_total")).isZero();
      assertThat(world.count("http_client_requests_total", "outcome=\"error\"")).isPositive();
    }
  }

  @Test
  void whoWaitsTooLongForALockFailsAndLetsItsConnectionGo() {
    Query slow = query(millis(10_000), RowLock.uniform(1).timeout(Duration.ofSeconds(1)), false);
    try (TestWorld world = world(1, config(500, slow, NOTHING), 1, 2, Arrivals.CONSTANT)) {
      world.runFor(Duration.ofSeconds(61));

      // Two a second come; one in 20 gets the lock, at most two wait for it, the others have left.
      long timeouts = world.count("database_lock_timeouts_total");
      assertThat((double) timeouts).isCloseTo(112, within(4.0));
      assertThat(world.count("database_queries_total", "outcome=\"lock-timeout\""))
          .isEqualTo(timeouts);
      assertThat(world.gauge("database_locks_waiting")).isLessThanOrEqualTo(2);
      assertThat(world.gauge("database_threads_busy")).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void onlyThePrimaryWritesAndReplicasApplyAllOfIt() {
    DatabaseConfig config = config(100, query(millis(1), null, true), millis(1));
    try (TestWorld world = world(1, config, 3, 50, Arrivals.CONSTANT)) {
      world.runFor(Duration.ofSeconds(20));

      assertThat(world.count("http_client_requests_failed")).isZero();
      assertThat(world.gaugeOf("shop-2", "database_replica_lag_seconds")).isBetween(0.001, 0.01);
      double written = world.count("database_queries_total");
      assertThat(written).isCloseTo(1000, within(5.0));
      assertThat((double) world.count("database_changes_applied_total"))
          .isCloseTo(2 * written, within(5.0));
    }
  }

  /** 100 changes/s come and 80 are applied: after 50 s the last one applied is 10 s old. */
  @Test
  void lagGrowsWithWhatIsWrittenBeyondWhatIsApplied() {
    DatabaseConfig config =
        config(
            100,
            query(millis(1), null, true),
            DurationDistribution.constant(Duration.ofNanos(12_500_000)));
    try (TestWorld world = world(1, config, 2, 100, Arrivals.CONSTANT)) {
      world.runFor(Duration.ofSeconds(50));

      assertThat(world.gauge("database_replica_lag_seconds")).isCloseTo(10, within(0.2));
    }
  }

  @Test
  void metricsAreThoseThatAreDocumented() {
    DatabaseConfig config = config(1, query(millis(1000), RowLock.uniform(1), true), NOTHING);
    try (TestWorld world = world(1, config, 2, 5, Arrivals.CONSTANT)) {
      world.runFor(Duration.ofSeconds(5));

      assertThat(
              world.series().stream()
                  .map(series -> series.replaceAll("\\{.*", ""))
                  .distinct()
                  .filter(name -> name.startsWith("database_")))
          .containsExactlyInAnyOrderElementsOf(
              new DatabaseModel().metrics().stream().map(MetricInfo::name).toList());
    }
  }
}
