package dev.cascade.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cascade.engine.WorkCounts;
import dev.cascade.run.Emulation;
import dev.cascade.run.RunOptions;
import dev.cascade.run.RunResult;
import dev.cascade.run.Words;
import dev.cascade.scenario.Mitigation;
import dev.cascade.scenario.ModelCatalog;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.ScenarioFile;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario that comes with Cascade, shortened, in each of its variants. */
class ShippedScenariosScenarioTest {
  private static final Path FOLDER = Path.of("..", "config", "scenarios");

  private static ScenarioFile read(Path file) {
    ModelCatalog models = ModelCatalog.load().withBuiltIns(Words.ENGINE_METRICS, List.of());
    return new ScenarioReader(models).read(ScenarioSource.file(file), shortened(file));
  }

  private static Overrides shortened(Path file) {
    if (file.endsWith("journald-restart.yaml")) { // fourteen variants: until the first units run
      return Overrides.set(
          "warmup=80s",
          "duration=110s",
          "mitigations.no-fix.set.duration=110s",
          "mitigations.slow-operators.set.duration=110s",
          "configuration.apps=15");
    }
    return file.endsWith("version-rollback.yaml") // 200 services, twenty times
        ? Overrides.set("duration=5m10s", "configuration.count=6", "configuration.cell=2")
        : Overrides.set("duration=5m10s");
  }

  static Stream<Arguments> variants() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList().stream()
          .flatMap(
              file ->
                  Stream.concat(
                          Stream.of("base"),
                          read(file).mitigations().stream().map(Mitigation::name))
                      .map(variant -> Arguments.of(file.getFileName().toString(), variant)));
    }
  }

  /**
   * Shards share nothing but what crosses the network, so that one differs from three if it can.
   */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("variants")
  void isTheSameOnThreeShardsWithEveryMessageSerialized(String file, String variant) {
    ScenarioFile scenario = read(FOLDER.resolve(file));
    List<String> mitigations = variant.equals("base") ? List.of() : List.of(variant);

    RunResult one = Emulation.of(scenario.scenario(mitigations)).run();
    RunResult three =
        Emulation.of(scenario.scenario(mitigations))
            .options(RunOptions.DEFAULT.shards(3).checked(true))
            .run();

    assertThat(one.recording().series().misdeclared(one.recording().metrics())).isEmpty();
    assertThat(three.end().failure()).isNull();
    assertThat(three.recording().traceHash()).isEqualTo(one.recording().traceHash());
    assertThat(three.recording().messages()).isEqualTo(one.recording().messages());
    assertThat(three.recording().work()).isEqualTo(one.recording().work());
    assertAllWorkIsAccountedFor(one.recording());
    assertThat(three.findings().measurements()).isEqualTo(one.findings().measurements());
    assertThat(three.recording().journal()).isEqualTo(one.recording().journal());
  }

  /**
   * What is in the work ledger is all that was handled, and all that the cores say they did. Their
   * clocks stop a job at the first whole nanosecond at which it is done, so that each message may
   * have used one more than it needed.
   */
  private static void assertAllWorkIsAccountedFor(RunResult.Recording recording) {
    WorkCounts work = recording.work();
    long handled = recording.messages().handled();
    assertThat(work.total().messages()).isEqualTo(handled);
    assertThat(work.total().cpuNanos()).isCloseTo(work.cpuNanosUsed(), within(handled));
    if (work.cpuNanosUsed() > 0) { // a server may hold its threads only
      assertThat(work.total().cpuNanos()).isGreaterThan(1_000 * handled); // else it says little
    }
    assertThat(work.unfinished().messages()).isNotNegative();
    assertThat(work.unfinished().cpuNanos()).isNotNegative();
    assertThat(work.unfinished().requests()).isNotNegative();
    assertThat(work.of(WorkCounts.End.ANSWERED).requests()).isPositive();
  }
}
