package dev.cascade.models.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.engine.EngineSettings;
import dev.cascade.models.http.Retries;
import dev.cascade.models.service.Endpoint;
import dev.cascade.models.service.ServiceConfig;
import dev.cascade.models.service.ServiceModel;
import dev.cascade.models.world.TestWorld;
import dev.cascade.network.HostSet;
import dev.cascade.network.LinkFault;
import dev.cascade.node.QueueSpec;
import dev.cascade.node.Rate;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The worked example of Bronson et al., "Metastable Failures in Distributed Systems", HotOS 2021: a
 * database that answers 300 queries a second within 100 ms, a web application that sends 280/s,
 * waits 1 s and sends again once, and 10 s without network. Then 2 · 280 = 560 attempts/s meet
 * 300/s, for ever; 2 · r falls below 300/s where r falls below 150/s.
 *
 * <p>Two ways to be without network: only the answers are lost, and 10 · (560 - 300) = 2,600
 * queries wait when they pass again, far more than the 300 that can be answered in time. Or all is
 * lost, and when it is over one second's requests come twice: 560 - 300 = 260 wait then, just below
 * 300, and chance decides.
 */
class MetastableFailureScenarioTest {
  private static final int CAPACITY = 300;
  private static final int QUEUE = 10_000;
  private static final HostSet USERS = new HostSet.Entry("users");
  private static final HostSet DATABASE = new HostSet.Entry("database");
  private static final Duration OUTAGE = Duration.ofSeconds(10);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 2 * Long.getLong("cascade.seeds", 5)); // ten with -Pfull
  }

  /** 280/s for 12 minutes, 155/s for 5, then 140/s. */
  private static TestWorld world(long seed) {
    Endpoint query =
        new Endpoint(
            "query",
            "/",
            DurationDistribution.constant(Duration.ZERO),
            DurationDistribution.constant(Duration.ofMillis(100)),
            null);
    LoadConfig load =
        LoadConfig.ramping(
                "database",
                "/",
                280,
                List.of(
                    new Stage(new Rate(280), Duration.ofMinutes(12)),
                    new Stage(new Rate(155), Duration.ZERO),
                    new Stage(new Rate(155), Duration.ofMinutes(5)),
                    new Stage(new Rate(140), Duration.ZERO)))
            .patience(Duration.ofSeconds(1), Retries.atOnce(1));
    return TestWorld.start(
        new EngineSettings(seed, 1, TestWorld.WITHOUT_RETRANSMITS, false),
        TestWorld.entry(
            "database",
            new ServiceModel(),
            ServiceConfig.of(CAPACITY / 10, QueueSpec.of(QUEUE), List.of(query)),
            1),
        TestWorld.entry("users", new LoadModel(), load, 1));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void fiveHundredAndSixtyAttemptsAndNoGoodputUntilLoadFallsBelowHalfTheCapacity(long seed) {
    try (TestWorld world = world(seed)) {
      world.runFor(Duration.ofMinutes(1));
      assertThat(goodputOver(world, Duration.ofMinutes(1))).isBetween(270.0, 290.0);

      cut(world, DATABASE, USERS);
      world.runFor(OUTAGE);
      world.engine().liftLinkFaults("");

      world.runFor(Duration.ofSeconds(20));
      long attempts = attempts(world);
      Duration look = Duration.ofMinutes(9);
      assertThat(goodputOver(world, look)).isZero();
      double requests = 280.0 * look.toSeconds(); // Poisson: deviation is the root; 4 of them
      assertThat((attempts(world) - attempts) / (double) look.toSeconds() / 560)
          .isBetween(1 - 4 / Math.sqrt(requests), 1 + 4 / Math.sqrt(requests));

      runUntil(world, Duration.ofMinutes(12).plusSeconds(5));
      assertThat(goodputOver(world, Duration.ofMinutes(4))).isZero(); // 155/s are 310 attempts/s

      // 140/s are 280 attempts/s: the queue falls by 20/s until its wait is below 1 s. Its length
      // then has a deviation of sqrt(580 · 485 s) = 530, so that 5 of them are 133 s.
      runUntil(world, Duration.ofMinutes(17).plusSeconds((QUEUE - CAPACITY) / 20 + 133));
      assertThat(goodputOver(world, Duration.ofMinutes(1))).isBetween(125.0, 155.0);
      assertThat(world.gauge("service_queue_length")).isLessThan(CAPACITY);
    }
  }

  /**
   * One second's requests come twice, and some 260 wait then. Who finds 269 before him is answered
   * after 269 / 300 + 0.1 s and the way, too late, and comes again: 560 requests have a Poisson
   * deviation of 24, more than what lies between, so that both happens. How often says a
   * calculation that knows arrivals, a queue and sending again, but no emulator; the two shares may
   * differ by four deviations.
   */
  @Test
  void afterAllWasLostChanceDecidesBetweenTheTwoStates() {
    int runs = 100;
    int calculations = 1000;
    Duration settled = Duration.ofSeconds(40);

    long calculated =
        LongStream.rangeClosed(1, calculations)
            .filter(
                seed ->
                    !new ResendQueue(280, CAPACITY / 10, 0.1, 1)
                        .isGoodAt(seed, settled.toSeconds()))
            .count();
    long emulated = seedsTo(runs).filter(seed -> !recovers(seed, settled)).count();

    double share = (double) calculated / calculations;
    double deviation = Math.sqrt(share * (1 - share) * (1.0 / runs + 1.0 / calculations));
    assertThat(share).isBetween(0.1, 0.9);
    assertThat((double) emulated / runs).isBetween(share - 4 * deviation, share + 4 * deviation);
  }

  private static LongStream seedsTo(int last) {
    return LongStream.rangeClosed(1, last).parallel();
  }

  /** Whether there is goodput so long after 10 s without network. */
  private static boolean recovers(long seed, Duration settled) {
    try (TestWorld world = world(seed)) {
      world.runFor(Duration.ofSeconds(10));

      cut(world, DATABASE, USERS);
      cut(world, USERS, DATABASE);
      world.runFor(OUTAGE);
      world.engine().liftLinkFaults("");

      world.runFor(settled.minusSeconds(1));
      return goodputOver(world, Duration.ofSeconds(1)) > 0;
    }
  }

  private static void cut(TestWorld world, HostSet from, HostSet to) {
    world.engine().applyLinkFault("from " + from, new LinkFault(from, to, new LinkFault.Swallow()));
  }

  private static void runUntil(TestWorld world, Duration time) {
    world.runFor(time.minusNanos(world.engine().nowNanos()));
  }

  private static double goodputOver(TestWorld world, Duration time) {
    long before = successes(world);
    world.runFor(time);
    return (successes(world) - before) / (double) time.toSeconds();
  }

  private static long successes(TestWorld world) {
    return world.count("http_client_requests_total", "outcome=\"success\"");
  }

  private static long attempts(TestWorld world) {
    return world.count("http_client_attempts_total");
  }
}
