package dev.cascade.models.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cascade.models.keys.KeyDistribution;
import dev.cascade.models.load.LoadConfig;
import dev.cascade.models.load.LoadConfig.Arrivals;
import dev.cascade.models.load.LoadModel;
import dev.cascade.models.load.Stage;
import dev.cascade.models.world.Interval;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Rate;
import dev.cascade.node.Size;
import dev.cascade.random.DurationDistribution;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Topics under load, and the groups that read them. */
class BrokerScenarioTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static DurationDistribution millis(long millis) {
    return DurationDistribution.constant(Duration.ofMillis(millis));
  }

  private static LoadConfig producers(double perSecond) {
    return LoadConfig.atRate("broker", "/orders", perSecond);
  }

  private static TestWorld world(
      long seed, Topic topic, int brokers, ConsumerConfig consumers, int members, LoadConfig load) {
    return TestWorld.start(
        seed,
        TestWorld.entry("broker", new BrokerModel(), BrokerConfig.of(topic), brokers),
        TestWorld.entry("billing", new ConsumerModel(), consumers, members),
        TestWorld.entry("shop", new LoadModel(), load, 1));
  }

  private static ConsumerConfig consumers(DurationDistribution hold) {
    return ConsumerConfig.of("broker", "orders", hold);
  }

  private static long in(TestWorld world) {
    return world.count("broker_records_in_total");
  }

  private static long consumed(TestWorld world) {
    return world.count("consumer_records_consumed_total");
  }

  @Test
  void allThatIsPublishedIsReadOnce() {
    LoadConfig load = producers(50).keys(KeyDistribution.uniform(1000));
    try (TestWorld world = world(1, Topic.of("orders", 7), 3, consumers(millis(1)), 3, load)) {
      world.runFor(Duration.ofMinutes(5));

      assertThat(world.count("http_client_requests_failed")).isZero();
      assertThat((double) in(world)).isCloseTo(50 * 300, within(4 * Math.sqrt(50 * 300)));
      assertThat((double) consumed(world)).isCloseTo(in(world), within(5.0)); // some are under way
      assertThat(world.count("broker_records_refetched_total")).isZero();
      assertThat(world.gauge("consumer_assigned_partitions")).isEqualTo(7);
      assertThat(world.count("broker_group_rebalances_total")).isEqualTo(1);
    }
  }

  /**
   * A partition has one reader: M/D/1, which waits for load / 2 (1 - load) services, and M/M/1, for
   * load / (1 - load). The way from the broker is 1 ms; a record that finds the reader asleep comes
   * with the answer that waited for it, and one that finds it at work is fetched meanwhile.
   */
  @ParameterizedTest
  @CsvSource({"true, 0.5", "true, 0.8", "false, 0.7"})
  void aPartitionIsAQueueWithOneServer(boolean constant, double load) {
    double service = 0.05;
    double wait = load / (1 - load) * service / (constant ? 2 : 1);
    double expected = wait + service + 0.001;
    DurationDistribution hold =
        constant ? millis(50) : DurationDistribution.exponential(Duration.ofMillis(50));
    double[] sojourns = new double[12];
    for (int run = 0; run < sojourns.length; run++) {
      try (TestWorld world =
          world(
              run + 1L,
              Topic.of("orders", 1),
              1,
              consumers(hold),
              1,
              LoadConfig.ramping(
                  "broker",
                  "/orders",
                  0,
                  List.of(
                      new Stage(new Rate(0), Duration.ofSeconds(10)), // the group forms
                      new Stage(new Rate(load / service), Duration.ZERO))))) {
        world.runFor(Duration.ofMinutes(15));
        sojourns[run] =
            Arrays.stream(world.seconds("consumer_record_latency_seconds")).average().orElseThrow();
      }
    }

    // A record that is appended while a fetch is under way waits up to 2 ms for the next one.
    Interval seen = Interval.of(sojourns);
    assertThat(seen.low()).isLessThan(expected + 0.002);
    assertThat(seen.high()).isGreaterThan(expected);
    assertThat(seen.high() - seen.low()).isLessThan(expected / 2);
  }

  /** 100/s come and 50/s are done for a minute; then 20/s come: 3,000 are gone after 100 s. */
  @Test
  void lagGrowsAndDrainsByTheDifferenceOfTheRates() {
    LoadConfig load =
        LoadConfig.ramping(
                "broker",
                "/orders",
                0,
                List.of(
                    new Stage(new Rate(0), Duration.ofSeconds(10)),
                    new Stage(new Rate(100), Duration.ZERO),
                    new Stage(new Rate(100), MINUTE),
                    new Stage(new Rate(20), Duration.ZERO)))
            .arrivals(Arrivals.CONSTANT);
    ConsumerConfig slow = consumers(millis(20)).poll(10, Duration.ofMinutes(5));
    try (TestWorld world = world(1, Topic.of("orders", 1), 1, slow, 1, load)) {
      world.runFor(Duration.ofSeconds(70));
      double before = in(world) - consumed(world);
      assertThat(before).isCloseTo(3000, within(20.0));

      world.runFor(Duration.ofSeconds(50));
      assertThat((double) in(world) - consumed(world)).isCloseTo(1500, within(20.0));
      // Up to 5 s ago 20/s less had come, and what was done of 50/s in 5 s before was not
      // committed.
      assertThat(world.gauge("broker_consumer_lag")).isBetween(1500 - 120.0, 1500 + 30 * 5 + 270.0);

      world.runFor(Duration.ofSeconds(52));
      assertThat(in(world) - consumed(world)).isLessThan(20);
    }
  }

  @Test
  void aBatchThatTakesTooLongCostsTheMemberItsPlaceAndIsDoneAgain() {
    // 100 records of 200 ms are 20 s, of 10 s that they may take.
    ConsumerConfig slow = consumers(millis(200)).poll(100, Duration.ofSeconds(10));
    try (TestWorld world = world(1, Topic.of("orders", 4), 1, slow, 2, producers(50))) {
      world.runFor(Duration.ofMinutes(5));

      assertThat(world.count("consumer_poll_interval_exceeded_total")).isGreaterThan(10);
      assertThat(world.count("broker_records_refetched_total")).isGreaterThan(500);
      assertThat(world.count("broker_group_rebalances_total")).isGreaterThan(10);
    }
    ConsumerConfig smaller = consumers(millis(200)).poll(10, Duration.ofSeconds(10));
    try (TestWorld world = world(1, Topic.of("orders", 4), 1, smaller, 2, producers(50))) {
      world.runFor(Duration.ofMinutes(5));

      assertThat(world.count("consumer_poll_interval_exceeded_total")).isZero();
      assertThat(world.count("broker_records_refetched_total")).isZero();
    }
  }

  @Test
  void aMemberThatCrashesIsReplacedAfterItsSessionAndItsRecordsAreDoneAgain() {
    try (TestWorld world =
        world(1, Topic.of("orders", 4), 1, consumers(millis(5)), 2, producers(100))) {
      world.runFor(MINUTE);
      assertThat(world.count("broker_group_rebalances_total")).isEqualTo(1);
      assertThat(world.gaugeOf("billing-1", "consumer_assigned_partitions")).isEqualTo(2);

      world.engine().crashProcess(Address.of("billing-2", ConsumerModel.PROCESS));
      world.runFor(Duration.ofSeconds(40)); // of a session of 45 s, renewed up to 3 s ago
      assertThat(world.gaugeOf("billing-1", "consumer_assigned_partitions")).isEqualTo(2);

      world.runFor(Duration.ofSeconds(15));
      assertThat(world.gaugeOf("billing-1", "consumer_assigned_partitions")).isEqualTo(4);
      // What it had done since its last commit, up to 5 s of 50/s, is sent again.
      assertThat(world.count("broker_records_refetched_total")).isBetween(1L, 300L);
      world.runFor(MINUTE.multipliedBy(3));
      assertThat((double) consumed(world)).isCloseTo(in(world), within(300.0));
      assertThat(consumed(world)).isGreaterThan(in(world) - 10);
    }
  }

  @Test
  void aBrokerFindsItsRecordsAndOffsetsAgain() {
    Address broker = Address.of("broker-1", BrokerModel.PROCESS);
    try (TestWorld world =
        world(1, Topic.of("orders", 2), 1, consumers(millis(5)), 1, producers(50))) {
      world.runFor(MINUTE);
      world.engine().crashProcess(broker);
      world.runFor(Duration.ofSeconds(5));
      long before = in(world);
      world.engine().startProcess(broker);
      world.runFor(MINUTE);

      assertThat(in(world)).isGreaterThan(before + 2000);
      assertThat((double) consumed(world)).isCloseTo(in(world), within(300.0));
      assertThat(world.count("consumer_records_lost_total")).isZero();
    }
  }

  @Test
  void aSlowConsumerLosesWhatRetentionDeletes() {
    Topic small = Topic.of("orders", 1).retention(Duration.ofDays(7), new Size(100_000));
    ConsumerConfig slow = consumers(millis(100)).poll(10, Duration.ofMinutes(5));
    try (TestWorld world = world(1, small, 1, slow, 1, producers(50))) {
      world.runFor(Duration.ofMinutes(5));

      long lost = world.count("consumer_records_lost_total");
      assertThat(lost).isGreaterThan(5_000);
      // What came in was done, lost, is in the log of 100 records, or with the consumer, 110 at
      // most; and while that does those, 11 s long, it does not know of 50/s that are lost.
      assertThat((double) consumed(world) + lost).isCloseTo(in(world), within(100 + 110 + 550.0));
    }
  }

  @Test
  void metricsAreThoseThatAreDocumented() {
    ConsumerConfig slow = consumers(millis(200)).poll(100, Duration.ofSeconds(10));
    try (TestWorld world = world(1, Topic.of("orders", 4), 2, slow, 2, producers(50))) {
      world.runFor(MINUTE);
      assertThat(
              world.series().stream()
                  .map(series -> series.replaceAll("\\{.*", ""))
                  .filter(name -> name.matches("(broker|consumer)_.*"))
                  .distinct())
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(new BrokerModel().metrics(), new ConsumerModel().metrics())
                  .flatMap(List::stream)
                  .map(MetricInfo::name)
                  .filter(name -> !name.equals("broker_rejected_total")) // none was
                  .toList());
    }
  }
}
