package dev.cascade.models.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cascade.models.kinesis.KinesisConfig;
import dev.cascade.models.kinesis.KinesisConsumerConfig;
import dev.cascade.models.kinesis.KinesisConsumerModel;
import dev.cascade.models.kinesis.KinesisModel;
import dev.cascade.models.records.Level;
import dev.cascade.models.world.TestWorld;
import dev.cascade.node.Address;
import dev.cascade.node.Bandwidth;
import dev.cascade.node.Rate;
import dev.cascade.node.Size;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Processes that write more lines than a stream of one shard takes, 1,000 a second of 1 kB. */
class LogScenarioTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Turns of the writer in a minute, if nothing blocks it. */
  private static final int TURNS = 599;

  /** Lines of each turn: 3,000 a second. */
  private static final int LINES = 300;

  /** An agent that lets no more than three batches wait. */
  private static final LogConfig LOGS = LogConfig.of("logs").agent(AgentConfig.DEFAULT.queue(3));

  private static TestWorld flood(LogConfig logs, Level level) {
    return world(new Writers.Config(logs, level, 1_000, LINES, Duration.ofMillis(100), MINUTE));
  }

  private static TestWorld world(Writers.Config writers) {
    return TestWorld.start(
        1,
        TestWorld.entry("logs", new KinesisModel(), KinesisConfig.of(1), 1),
        TestWorld.entry("indexer", new KinesisConsumerModel(), KinesisConsumerConfig.of("logs"), 1),
        TestWorld.entry("shop", new Writers(), writers, 1));
  }

  private static long dropped(TestWorld world, String place) {
    return world.count("log_lines_dropped_total", "place=\"" + place + "\"");
  }

  private static long written(TestWorld world) {
    return world.count("log_lines_written_total");
  }

  private static long turns(TestWorld world) {
    return world.count("writer_turns_total");
  }

  /** Nothing is held any more: what was written can be read, or was dropped and counted. */
  private static void assertAllLinesAreAccountedFor(TestWorld world) {
    world.runFor(MINUTE);
    assertThat(world.gauge("log_lines_queued")).isZero();
    assertThat(world.count("log_lines_visible_total") + world.count("log_lines_dropped_total"))
        .isEqualTo(written(world));
  }

  /**
   * A stream that takes no more stops the agent, which stops the appender, which stops the program.
   * What is held is bounded: a request under way, three batches, one that is gathered (and one more
   * for the portion that found it full), a pipe of 65 lines, the queue, and what waits outside.
   */
  @Test
  void aFullStreamBlocksTheProcess() {
    try (TestWorld world = flood(LOGS, Level.ERROR)) {
      world.runFor(MINUTE);

      long taken = world.count("kinesis_incoming_lines_total");
      assertThat((double) taken).isCloseTo(60_000, within(60_000 * 0.05));
      assertThat(written(world) - taken).isBetween(500L, 6 * 500L + 65 + 256 + LINES);
      assertThat(turns(world)).isLessThan(TURNS / 2);
      assertThat(world.gauge("log_blocked")).isEqualTo(1);
      assertThat(world.gauge("log_agent_blocked")).isEqualTo(1);
      assertThat(world.count("log_lines_dropped_total")).isZero();

      assertAllLinesAreAccountedFor(world);
      assertThat(turns(world)).isGreaterThan(TURNS); // it goes on
    }
  }

  @Test
  void linesBelowWarnAreDroppedAndBlockNobody() {
    try (TestWorld world = flood(LOGS, Level.INFO)) {
      world.runFor(MINUTE);

      assertThat(turns(world)).isEqualTo(TURNS);
      assertThat(world.gauge("log_blocked")).isZero();
      assertThat((double) dropped(world, "discarded")).isBetween(100_000.0, 120_000.0);

      assertAllLinesAreAccountedFor(world);
    }
  }

  @Test
  void anAppenderThatNeverBlocksDropsErrorsToo() {
    try (TestWorld world = flood(LOGS.neverBlocking(), Level.ERROR)) {
      world.runFor(MINUTE);

      assertThat(turns(world)).isEqualTo(TURNS);
      assertThat((double) dropped(world, "refused")).isBetween(100_000.0, 120_000.0);

      assertAllLinesAreAccountedFor(world);
    }
  }

  @Test
  void filesThatAreRotatedLoseTheOldestLinesAndBlockNobody() {
    LogConfig rotated = LOGS.file(new Size(10_000_000), WhenFull.ROTATE);
    try (TestWorld world = flood(rotated, Level.ERROR)) {
      world.runFor(MINUTE);

      assertThat(turns(world)).isEqualTo(TURNS);
      // 180,000 were written, of which 60,000 were sent, and 10,000 are in files.
      assertThat((double) dropped(world, "rotated")).isBetween(100_000.0, 110_000.0);

      assertAllLinesAreAccountedFor(world);
    }
  }

  @Test
  void aRateLimitLetsSoManyLinesOfAKindThrough() {
    try (TestWorld world = flood(LOGS.rateLimit(new Rate(100)), Level.ERROR)) {
      world.runFor(MINUTE);

      assertThat(turns(world)).isEqualTo(TURNS);
      // 100 a second, and what the bucket held.
      assertThat(written(world) - dropped(world, "rate-limit")).isBetween(6_000L, 6_100L);

      assertAllLinesAreAccountedFor(world);
    }
  }

  @Test
  void aCrashLosesWhatTheAppenderHasNotWritten() {
    try (TestWorld world = flood(LOGS, Level.ERROR)) {
      Address writer = Address.of("shop-1", Writers.PROCESS);
      world.runFor(Duration.ofSeconds(30));
      world.engine().crashProcess(writer);
      world.runFor(Duration.ofSeconds(1));
      world.engine().startProcess(writer);
      world.runFor(Duration.ofSeconds(1));

      assertThat(dropped(world, "crash")).isBetween(256L, 256L + LINES);
      world.runFor(MINUTE);
      assertAllLinesAreAccountedFor(world);
    }
  }

  /** The request that was under way is sent again: its records may be in the stream twice. */
  @Test
  void anAgentThatCrashedSendsSomeLinesTwiceAndLosesNone() {
    try (TestWorld world = flood(LOGS, Level.ERROR)) {
      Address agent = Address.of("shop-1", LogAgent.PROCESS);
      world.runFor(Duration.ofSeconds(30));
      world.engine().crashProcess(agent);
      world.runFor(Duration.ofSeconds(10));
      world.engine().startProcess(agent);
      world.runFor(Duration.ofMinutes(2));

      long visible = world.count("log_lines_visible_total");
      assertThat(visible).isBetween(written(world), written(world) + 500);
    }
  }

  @Test
  void normalLinesComeWhateverHappens() {
    LogConfig normal = LOGS.normal(new Bandwidth(20_000));
    Writers.Config silent =
        new Writers.Config(normal, Level.INFO, 200, 0, Duration.ofSeconds(1), Duration.ZERO);
    try (TestWorld world = world(silent)) {
      world.runFor(MINUTE);

      // 100 lines of 200 B a second, less what is on its way.
      assertThat(world.count("kinesis_incoming_lines_total")).isBetween(5_700L, 6_000L);
      assertThat(world.count("log_lines_dropped_total")).isZero();
    }
  }

  /**
   * Twenty hosts send 100 kB each 5 s, 0.4 MB/s. In step these would be 2 MB at once, of which a
   * shard takes one second's 1 MB; out of step it has 2 s for each MB.
   */
  @Test
  void hostsSendTheirNormalLinesOutOfStep() {
    AgentConfig agent =
        new AgentConfig(
            Duration.ofSeconds(5),
            AgentConfig.MAX_RECORDS,
            new Size(5_000_000),
            100,
            new Size(51_200),
            PartitionKey.RANDOM,
            Duration.ofNanos(25_000),
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60));
    LogConfig normal = LOGS.normal(new Bandwidth(20_000)).agent(agent);
    try (TestWorld world =
        TestWorld.start(
            1,
            TestWorld.entry("logs", new KinesisModel(), KinesisConfig.of(1), 1),
            TestWorld.entry(
                "shop",
                new Writers(),
                new Writers.Config(
                    normal, Level.INFO, 200, 0, Duration.ofSeconds(1), Duration.ZERO),
                20))) {
      world.runFor(MINUTE);

      assertThat(world.count("kinesis_incoming_lines_total")).isGreaterThan(20 * 5_000L);
      assertThat(world.count("kinesis_write_throttled_total")).isZero();
    }
  }

  /** The appender and the agent need 20 and 25 µs for a line: 100 of them a second are 0.45 %. */
  @Test
  void linesCostCpu() {
    LogConfig normal = LOGS.normal(new Bandwidth(20_000));
    Writers.Config silent =
        new Writers.Config(normal, Level.INFO, 200, 0, Duration.ofSeconds(1), Duration.ZERO);
    try (TestWorld world = world(silent)) {
      world.runFor(MINUTE);

      assertThat(world.engine().cpuUsedNanos("shop-1"))
          .isCloseTo(60 * 100 * 45_000, within(0.03 * 60 * 100 * 45_000));
    }
  }
}
