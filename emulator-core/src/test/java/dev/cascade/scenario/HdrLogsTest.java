package dev.cascade.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.random.DurationDistribution;
import dev.cascade.random.RandomStream;
import dev.cascade.scenario.TestModels.ServiceConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measured data in an HdrHistogram log become part of a scenario, and nothing else on the disk. */
class HdrLogsTest {
  private static final String SCENARIO =
      """
      apiVersion: cascade/v1alpha1
      kind: Scenario
      metadata: {name: s}
      spec:
        duration: 1m
        topology:
          - name: shop
            model: service
            config:
              threads: 1
              queue: {capacity: 1}
              endpoints: [{name: main, path: /, hold: {distribution: hdr-log, file: FILE}}]
      """;

  @TempDir Path directory;

  /** 90 of 10 ms, 9 of 100 ms and one of a second in two intervals, in microseconds. */
  @BeforeEach
  void writeLog() throws IOException {
    Files.createDirectory(directory.resolve("s"));
    Histogram fast = new Histogram(3);
    fast.recordValueWithCount(10_000, 90);
    Histogram slow = new Histogram(3);
    slow.recordValueWithCount(100_000, 9);
    slow.recordValue(1_000_000);
    Histogram other = new Histogram(3);
    other.recordValueWithCount(5, 1_000);
    other.setTag("other");
    write("s/latencies.hlog", fast, slow, other);
    write("outside.hlog", fast);
  }

  private void write(String name, Histogram... intervals) throws IOException {
    try (PrintStream out =
        new PrintStream(
            Files.newOutputStream(directory.resolve(name)), false, StandardCharsets.UTF_8)) {
      HistogramLogWriter writer = new HistogramLogWriter(out);
      writer.outputLogFormatVersion();
      writer.outputLegend();
      for (Histogram interval : intervals) {
        writer.outputIntervalHistogram(interval);
      }
    }
  }

  private Path scenario(String file) throws IOException {
    return Files.writeString(
        directory.resolve("s").resolve("s.yaml"), SCENARIO.replace("FILE", file));
  }

  private static Scenario read(Path file) {
    return new ScenarioReader(TestModels.CATALOG).read(file).scenario();
  }

  private static DurationDistribution hold(Scenario scenario) {
    return ((ServiceConfig) scenario.topology().get(0).config()).endpoints().get(0).hold();
  }

  @Test
  void aLogIsDrawnFromAsItWasRecorded() throws IOException {
    DurationDistribution hold = hold(read(scenario("latencies.hlog, unit: 1us")));

    // (90 x 10 + 9 x 100 + 1000) / 100 = 28 ms; values are told apart by 1 %
    assertThat(hold.mean().toNanos() / 28e6).isBetween(0.99, 1.01);
    RandomStream random = RandomStream.of(1);
    int draws = 10_000;
    long[] drawn = new long[draws];
    Arrays.setAll(drawn, i -> hold.sampleNanos(random));
    // 90 %, 9 % and 1 %: four deviations are 1.2 %, 1.1 % and 0.4 %; nothing lies between.
    assertThat(Arrays.stream(drawn).filter(n -> Math.abs(n - 10e6) <= 0.1e6).count())
        .isBetween(8_880L, 9_120L);
    assertThat(Arrays.stream(drawn).filter(n -> Math.abs(n - 100e6) <= 1e6).count())
        .isBetween(785L, 1_015L);
    assertThat(Arrays.stream(drawn).filter(n -> Math.abs(n - 1e9) <= 1e7).count())
        .isBetween(60L, 140L);
    assertThat(Arrays.stream(drawn).filter(n -> n > 10.1e6 && n < 99e6)).isEmpty();
  }

  @Test
  void aTagChoosesIntervals() throws IOException {
    assertThat(hold(read(scenario("latencies.hlog, unit: 1ms, tag: other"))).mean().toMillis())
        .isEqualTo(5);
  }

  /** What a run folder keeps holds the data: the log may be gone when the run is repeated. */
  @Test
  void theScenarioThatIsKeptNeedsNoLog() throws IOException {
    Scenario first = read(scenario("latencies.hlog, unit: 1us"));
    Path kept = Files.writeString(directory.resolve("kept.yaml"), first.merged());
    Files.delete(directory.resolve("s").resolve("latencies.hlog"));

    Scenario again = read(kept);

    assertThat(first.merged()).doesNotContain("hlog");
    assertThat(again.hash()).isEqualTo(first.hash());
    assertThat(hold(again)).isEqualTo(hold(first));
  }

  @Test
  void otherDataMakeAnotherScenario() throws IOException {
    Path file = scenario("latencies.hlog, unit: 1us");
    String before = read(file).hash();
    Histogram histogram = new Histogram(3);
    histogram.recordValue(77);
    write("s/latencies.hlog", histogram);

    assertThat(read(file).hash()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "../outside.hlog, must lie beside the scenario or below",
    "x/../../outside.hlog, must lie beside the scenario or below",
    "/etc/hostname, must lie beside the scenario or below",
    "link.hlog, is a link that leads away from the scenario",
    "missing.hlog, does not exist beside the scenario",
    "s.yaml, holds no values without a tag",
    "garbage.hlog, cannot be read",
    "large.hlog, has more than 1048576 bytes",
    "., does not exist beside the scenario",
    "'latencies.hlog, tag: none', holds no values with the tag (none)"
  })
  void nothingElseIsRead(String file, String message) throws IOException {
    Path folder = directory.resolve("s");
    Files.createSymbolicLink(folder.resolve("link.hlog"), directory.resolve("outside.hlog"));
    Files.write(folder.resolve("large.hlog"), new byte[(1 << 20) + 1]);
    String log = Files.readString(folder.resolve("latencies.hlog"));
    Files.writeString(folder.resolve("garbage.hlog"), log.replace("HISTFAAA", "HISTFAAB"));

    assertThatThrownBy(() -> read(scenario(file)))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("s.yaml:12:");
  }

  @Test
  void aTextThatIsNoFileNamesNone() {
    assertThatThrownBy(
            () ->
                new ScenarioReader(TestModels.CATALOG)
                    .read(
                        new ScenarioSource("f.yaml", SCENARIO.replace("FILE", "a.hlog")),
                        Overrides.NONE))
        .hasMessageContaining("can be named only in a scenario file");
  }
}
