package dev.cascade.models.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cascade.engine.Entry;
import dev.cascade.models.logs.LogConfig;
import dev.cascade.models.logs.Writers;
import dev.cascade.models.records.Level;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines on their way from those who write them, through a stream's limits, to those who read. */
class StreamScenarioTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int FLOOD_MINUTES = 50;

  /** Bytes that come into a shard at its limit in a flood. */
  private static final double FLOOD_BYTES = FLOOD_MINUTES * 60 * Limits.WRITE_BYTES;

  /** What a host writes: lines of 1 kB, ten times a second. */
  private static Writers.Config writers(int linesPerSecond, int minutes) {
    return new Writers.Config(
        LogConfig.of("logs"),
        Level.ERROR,
        1_000,
        linesPerSecond / 10,
        Duration.ofMillis(100),
        Duration.ofMinutes(minutes));
  }

  /** Applications {@code app1} and so on, which share what shards give. */
  private static TestWorld world(int shards, Writers.Config writers, int hosts, int applications) {
    List<Entry> entries = new ArrayList<>();
    entries.add(TestWorld.entry("logs", new KinesisModel(), KinesisConfig.of(shards), 1));
    for (int i = 1; i <= applications; i++) {
      entries.add(
          TestWorld.entry(
              "app" + i, new KinesisConsumerModel(), KinesisConsumerConfig.of("logs"), 1));
    }
    entries.add(TestWorld.entry("shop", new Writers(), writers, hosts));
    return TestWorld.start(1, entries.toArray(Entry[]::new));
  }

  private static void command(TestWorld world, String host, String process, WireMessage message) {
    world.engine().command(Address.of(host, process), message, Duration.ZERO);
  }

  /** Bytes that an application has not done, on average. */
  private static double lag(TestWorld world, int applications) {
    return world.gauge("kinesis_consumer_lag_bytes") / applications;
  }

  private static int minutesUntilDrained(TestWorld world, int max) {
    for (int minute = 1; minute <= max; minute++) {
      world.runFor(MINUTE);
      if (world.gauge("kinesis_consumer_lag_bytes") == 0) {
        return minute;
      }
    }
    throw new AssertionError("Still behind after " + max + " minutes.");
  }

  @Test
  void linesAreVisibleToAllWithinSeconds() {
    try (TestWorld world = world(2, writers(100, 2), 3, 2)) {
      world.runFor(MINUTE);
      assertThat(world.gaugeOf("app1-1", "log_newest_visible_age_seconds")).isLessThan(5);

      world.runFor(Duration.ofSeconds(70));
      long written = world.count("log_lines_written_total");
      assertThat(written).isEqualTo(3 * 10 * 1199);
      assertThat(world.count("log_lines_visible_total", "consumer=\"app1\"")).isEqualTo(written);
      assertThat(world.count("log_lines_visible_total", "consumer=\"app2\"")).isEqualTo(written);
    }
  }

  /**
   * D3: c applications share 2 MB/s, so that each reads R = 2/c. At W = 1 MB/s for 50 minutes each
   * falls behind by (W - R) 50 min, and needs (W - R) 50 min / R for it afterwards: 1.0 GB and 25
   * min for three, 1.5 GB and 50 min for four, 1.8 GB and 75 min for five. Five per cent is what an
   * application may have in its hands and the last call of ten megabytes.
   */
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void applicationsThatShareAShardFallBehindInAFlood(int applications) {
    double rate = Limits.READ_BYTES / applications;
    double backlog = FLOOD_BYTES - rate * FLOOD_MINUTES * 60;
    double drain = backlog / rate / 60;
    try (TestWorld world = world(1, writers(1_000, FLOOD_MINUTES), 1, applications)) {
      world.runFor(Duration.ofMinutes(FLOOD_MINUTES));
      assertThat(lag(world, applications)).isCloseTo(backlog, within(backlog * 0.05));

      int minutes = minutesUntilDrained(world, 100);
      assertThat((double) minutes).isBetween(drain * 0.95, drain * 1.05 + 1);
    }
  }

  /** Two applications read as fast as a shard takes: nothing waits, however long it lasts. */
  @Test
  void twoApplicationsKeepUp() {
    try (TestWorld world = world(1, writers(1_000, FLOOD_MINUTES), 1, 2)) {
      world.runFor(Duration.ofMinutes(FLOOD_MINUTES));

      assertThat(lag(world, 2)).isLessThan(30 * Limits.WRITE_BYTES);
    }
  }

  /** Four read 0.5 MB/s each of a shard: with 2 MB/s to itself each is done in a quarter. */
  @Test
  void enhancedFanOutDrainsThreeTimesFaster() {
    double shared = 50;
    try (TestWorld world = world(1, writers(1_000, FLOOD_MINUTES), 1, 4)) {
      world.runFor(Duration.ofMinutes(FLOOD_MINUTES));
      for (int i = 1; i <= 4; i++) {
        command(
            world,
            "app" + i + "-1",
            KinesisConsumerModel.PROCESS,
            new Wire.UseFanOut(FanOut.ENHANCED));
      }

      assertThat((double) minutesUntilDrained(world, 30)).isLessThan(shared / 3);
    }
  }

  /** Twice the shards take half each, which is what each of four applications can read. */
  @Test
  void twiceTheShardsBeforeKeepTheLagBelowFiveMinutes() {
    try (TestWorld world = world(2, writers(1_000, FLOOD_MINUTES), 1, 4)) {
      double oldest = 0;
      for (int minute = 1; minute <= FLOOD_MINUTES + 5; minute++) {
        world.runFor(MINUTE);
        oldest = Math.max(oldest, world.gaugeOf("logs-1", "kinesis_oldest_unread_seconds") / 4);
      }
      assertThat(oldest).isBetween(1.0, 300.0);
    }
  }

  /**
   * When all that was in the stream after 40 minutes of flood can be read: after 80 minutes, split
   * shards or not. Children are read when their parents are done, and parents no faster than
   * before.
   */
  @Test
  void shardsAddedDuringTheFloodLeaveTheDrainOfOldRecordsAsItIs() {
    int alone = minuteOfOldRecords(false);
    int split = minuteOfOldRecords(true);

    assertThat((double) alone).isBetween(76.0, 84.0);
    assertThat((double) split).isBetween(alone * 0.95, alone * 1.05);
  }

  private static int minuteOfOldRecords(boolean split) {
    try (TestWorld world = world(2, writers(1_000, FLOOD_MINUTES), 2, 4)) {
      world.runFor(Duration.ofMinutes(40));
      long old = world.count("kinesis_incoming_lines_total");
      if (split) {
        command(world, "logs-1", KinesisModel.PROCESS, new Wire.UpdateShardCount(4));
      }
      for (int minute = 41; minute < 200; minute++) {
        world.runFor(MINUTE);
        if (world.count("kinesis_consumer_lines_total") >= 4 * old) {
          assertThat(world.gauge("kinesis_open_shards")).isEqualTo(split ? 4 : 2);
          return minute;
        }
      }
      throw new AssertionError("Old records were never done.");
    }
  }

  /** Every line is read once, in spite of splits. */
  @Test
  void nothingIsLostAndNothingReadTwiceWhenShardsAreSplit() {
    Writers.Config writers = writers(400, 3);
    try (TestWorld world = world(2, writers, 3, 2)) {
      world.runFor(MINUTE);
      command(world, "logs-1", KinesisModel.PROCESS, new Wire.UpdateShardCount(3));
      world.runFor(MINUTE);
      command(world, "logs-1", KinesisModel.PROCESS, new Wire.UpdateShardCount(6));
      world.runFor(Duration.ofMinutes(3));

      long written = world.count("log_lines_written_total");
      assertThat(world.gauge("kinesis_open_shards")).isEqualTo(6);
      assertThat(written).isGreaterThan(200_000);
      assertThat(world.count("kinesis_incoming_lines_total")).isEqualTo(written);
      assertThat(world.count("kinesis_consumer_lines_total", "app1")).isEqualTo(written);
      assertThat(world.count("kinesis_consumer_lines_total", "app2")).isEqualTo(written);
      assertThat(lag(world, 2)).isZero();
    }
  }

  /** What it had in its hands is done again after a crash, and nothing is left out. */
  @Test
  void anApplicationThatCrashedGoesOnWhereItWas() {
    try (TestWorld world = world(2, writers(400, 4), 2, 1)) {
      Address application = Address.of("app1-1", KinesisConsumerModel.PROCESS);
      world.runFor(MINUTE);
      world.engine().crashProcess(application);
      world.runFor(MINUTE);
      world.engine().startProcess(application);
      world.runFor(Duration.ofMinutes(4));

      long written = world.count("log_lines_written_total");
      assertThat(world.count("kinesis_consumer_lines_total"))
          .isBetween(written, written + 2 * Limits.CALL_RECORDS);
      assertThat(lag(world, 1)).isZero();
    }
  }
}
