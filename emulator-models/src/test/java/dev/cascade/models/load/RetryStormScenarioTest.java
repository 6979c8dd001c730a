package dev.cascade.models.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.models.http.Backoff;
import dev.cascade.models.http.Backoff.Jitter;
import dev.cascade.models.http.Retries;
import dev.cascade.models.http.RetryBudget;
import dev.cascade.models.world.TestWorld;
import dev.cascade.network.NetworkPlan;
import dev.cascade.node.QueueSpec;
import dev.cascade.node.QueueSpec.Discipline;
import dev.cascade.node.QueueSpec.WhenFull;
import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Users who send again keep a server overloaded after the cause is gone (Bronson et al.,
 * "Metastable Failures in Distributed Systems", HotOS 2021). If every attempt fails, a load of r
 * requests a second is one of 5 r attempts. The bad state feeds itself where 5 r is more than the
 * 10/s that the server can do, and the full queue makes each attempt wait longer than its user: 100
 * requests take 10 s, users wait 3 s. Nobody tells the server, so it works for those who left.
 *
 * <p>At 2/s both states have the same load, the capacity. The queue then wanders, and falls from
 * 100 to the 30 that can be served in time after d²/s² = 70² / 20 = 245 s on average (Brownian
 * motion held below 100; arrivals and service each have a variance of 10 a second). That it takes
 * an hour has a probability of about exp(-π² s² / 8 d² · 3600) = 1e-8.
 */
class RetryStormScenarioTest {
  private static final int SEEDS = 10;
  private static final Duration STOP = Duration.ofSeconds(30);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 2})
  void upToTwoPerSecondItAlwaysRecovers(double perSecond) {
    assertThat(shareThatRecovers(perSecond, RetryStorm.QUEUE, RetryStorm.RETRIES)).isEqualTo(1);
  }

  /** An attempt waits 3 s with probability 0.5 exp(-5 · 3) = 1.5e-7 in M/M/1 at half load. */
  @ParameterizedTest
  @MethodSource("seeds")
  void fivePerSecondStaysGoodForHours(long seed) {
    try (RetryStorm storm = RetryStorm.of(seed, 5, RetryStorm.QUEUE, RetryStorm.RETRIES)) {
      assertThat(storm.successRatioOver(Duration.ofHours(4))).isGreaterThan(0.9999);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void atFivePerSecondTheBadStateOutlivesItsCause(long seed) {
    try (RetryStorm storm = RetryStorm.of(seed, 5, RetryStorm.QUEUE, RetryStorm.RETRIES)) {
      storm.run(Duration.ofMinutes(5));
      storm.stopServerFor(STOP);
      storm.run(Duration.ofMinutes(2));

      Duration look = Duration.ofHours(4);
      long before = storm.attempts();
      assertThat(storm.successRatioOver(look)).isZero();

      double perSecond = (storm.attempts() - before) / (double) look.toSeconds();
      double requests = 5.0 * look.toSeconds(); // Poisson: deviation is the root; 4 of them
      assertThat(perSecond / 25)
          .isBetween(1 - 4 / Math.sqrt(requests), 1 + 4 / Math.sqrt(requests));
    }
  }

  /** In M/M/1 at 0.95 load one attempt in five waits 3 s, and each of them adds to the load. */
  @ParameterizedTest
  @MethodSource("seeds")
  void ninePointFivePerSecondTipsOverByItself(long seed) {
    try (RetryStorm storm = RetryStorm.of(seed, 9.5, RetryStorm.QUEUE, RetryStorm.RETRIES)) {
      storm.run(Duration.ofMinutes(10));

      assertThat(storm.successRatioOver(Duration.ofMinutes(10))).isLessThan(0.01);
    }
  }

  static Stream<Arguments> remedies() {
    Retries retries = RetryStorm.RETRIES;
    QueueSpec queue = RetryStorm.QUEUE;
    return Stream.of(
        // 5 + 20 % are 6 attempts a second, and the server can do 10.
        Arguments.of("a retry budget", queue, retries.budget(RetryBudget.of(0.2))),
        // 3 s × 10/s = 30: whatever finds a place is served in time. Less room for its service.
        Arguments.of("a queue shorter than time-out × rate", QueueSpec.of(25), retries),
        // Whoever is served has just come. The old ones keep their places, and wait for ever.
        Arguments.of("the last come, first served", queue.discipline(Discipline.LIFO), retries),
        // Saying no costs nothing, so that the one who is served has waited less than the limit.
        Arguments.of("expired work dropped", queue.expireAfter(Duration.ofSeconds(2)), retries),
        // All users wait at least 150 s: the queue, 10 s long, is empty before they come again.
        Arguments.of(
            "backoff that outlasts the queue",
            queue,
            retries.backoff(
                new Backoff(Duration.ofSeconds(300), Duration.ofHours(1), Jitter.EQUAL))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("remedies")
  void atFivePerSecondItRecoversWith(String remedy, QueueSpec queue, Retries retries) {
    assertThat(shareThatRecovers(5, queue, retries)).isEqualTo(1);
  }

  static Stream<Arguments> placebos() {
    Retries retries = RetryStorm.RETRIES;
    QueueSpec queue = RetryStorm.QUEUE;
    return Stream.of(
        // Each request still is five attempts: backoff moves them, and users go on coming.
        Arguments.of(
            "backoff of 1 s to 10 s with full jitter",
            queue,
            retries.backoff(
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), Jitter.FULL))),
        // Jitter lets some come back at once, enough to keep the queue longer than 3 s.
        Arguments.of(
            "backoff of 10 s to 60 s with full jitter",
            queue,
            retries.backoff(
                new Backoff(Duration.ofSeconds(10), Duration.ofSeconds(60), Jitter.FULL))),
        // The refused come back sooner, and the queue is as long as before.
        Arguments.of("a full queue that refuses", queue.overflow(WhenFull.REFUSE), retries),
        Arguments.of("a full queue that rejects", queue.overflow(WhenFull.REJECT), retries));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("placebos")
  void atFivePerSecondItDoesNotRecoverWith(String placebo, QueueSpec queue, Retries retries) {
    assertThat(shareThatRecovers(5, queue, retries)).isZero();
  }

  /**
   * A lost SYN that is sent again after 1 s comes before its user gives up, so that dropping
   * becomes less final: more knocks at the full queue, and the same bad state.
   */
  @ParameterizedTest
  @CsvSource({"100, 0", "25, 1"})
  void lostSynsThatAreSentAgainChangeNothing(int capacity, double share) {
    NetworkPlan linux = NetworkPlan.uniform(TestWorld.WITHOUT_RETRANSMITS.standard());

    assertThat(shareThatRecovers(5, QueueSpec.of(capacity), RetryStorm.RETRIES, linux))
        .isEqualTo(share);
  }

  private static double shareThatRecovers(double perSecond, QueueSpec queue, Retries retries) {
    return shareThatRecovers(perSecond, queue, retries, TestWorld.WITHOUT_RETRANSMITS);
  }

  /** Good before, stopped for 30 s, left alone for an hour: whose users are served again? */
  private static double shareThatRecovers(
      double perSecond, QueueSpec queue, Retries retries, NetworkPlan network) {
    int recovered = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      try (RetryStorm storm = RetryStorm.of(seed, perSecond, queue, retries, network)) {
        assertThat(storm.successRatioOver(Duration.ofMinutes(5))).isGreaterThan(0.99);

        storm.stopServerFor(STOP);

        storm.run(Duration.ofHours(1));
        double after = storm.successRatioOver(Duration.ofMinutes(10));
        assertThat(after).as("nothing in between").matches(r -> r > 0.99 || r < 0.01);
        recovered += after > 0.99 ? 1 : 0;
      }
    }
    return (double) recovered / SEEDS;
  }
}
