package dev.cascade.models.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cascade.engine.Entry;
import dev.cascade.models.logs.LogConfig;
import dev.cascade.models.logs.Writers;
import dev.cascade.models.records.Level;
import dev.cascade.models.world.TestWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines on their way from those who write them to those who read them. */
class StreamScenarioTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Hosts that write lines of 1 kB for some time. */
  private static Writers.Config writers(
      LogConfig logs, int lines, Duration period, Duration until) {
    return new Writers.Config(logs, Level.ERROR, 1_000, lines, period, until);
  }

  private static TestWorld world(
      int shards, Writers.Config writers, int hosts, int applications, FanOut fanOut) {
    List<Entry> entries = new ArrayList<>();
    entries.add(TestWorld.entry("logs", new KinesisModel(), KinesisConfig.of(shards), 1));
    for (int i = 1; i <= applications; i++) {
      entries.add(
          TestWorld.entry(
              "app" + i,
              new KinesisConsumerModel(),
              KinesisConsumerConfig.of("logs").fanOut(fanOut),
              1));
    }
    entries.add(TestWorld.entry("shop", new Writers(), writers, hosts));
    return TestWorld.start(1, entries.toArray(Entry[]::new));
  }

  private static double lag(TestWorld world, String application) {
    return world.gauge("kinesis_consumer_lag_bytes", "consumer=\"" + application + "\"");
  }

  @Test
  void allLinesBecomeVisibleWithinSeconds() {
    Writers.Config writers =
        writers(LogConfig.of("logs"), 10, Duration.ofMillis(100), Duration.ofMinutes(2));
    try (TestWorld world = world(2, writers, 3, 2, FanOut.SHARED)) {
      world.runFor(MINUTE);
      assertThat(world.gaugeOf("app1-1", "log_newest_visible_age_seconds")).isLessThan(5);

      world.runFor(Duration.ofSeconds(70));
      long written = world.count("log_lines_written_total");
      assertThat(written).isEqualTo(3 * 10 * 1199);
      assertThat(world.count("log_lines_visible_total", "consumer=\"app1\"")).isEqualTo(written);
      assertThat(world.count("log_lines_visible_total", "consumer=\"app2\"")).isEqualTo(written);
    }
  }
}
