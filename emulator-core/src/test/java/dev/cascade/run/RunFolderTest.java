package dev.cascade.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cascade.scenario.ScenarioFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves behind is enough to repeat it, and to judge it again. */
class RunFolderTest {
  private static final Instant START = Instant.parse("2025-01-02T03:04:05Z");

  private static final ScenarioFile FILE =
      Stage.file(
          """
          method: [{name: cut, at: 20s, action: crash, target: {name: a, mode: one}, duration: 10s}]
          properties: [{name: heard, always: "sum(rate('pings_total{to=\\"b-1\\"}', '2s')) > 38"}]
          measurements:
            pings: sum(total('pings_total'))
            lost: {expr: sum(total('pings_total')), minus: {method.cut.enabled: false}}
          mitigations: [{name: longer, set: {method.cut.duration: 20s}}]
          expect: {base: {heard: any}, longer: {heard: violated}}
          """);

  @TempDir private Path runs;

  private RunFolder keep(RunResult result) {
    return RunFolder.begin(runs, result.scenario(), START).finish(result, "the command");
  }

  @Test
  void scenarioOfAFolderRunsByItselfToTheSame() throws IOException {
    RunResult first = Emulation.of(FILE, List.of("longer"), 77).run();
    RunFolder folder = keep(first);

    ScenarioFile kept = Stage.read(Files.readString(folder.scenarioFile()));
    RunResult again = Emulation.of(kept, List.of(), kept.scenario().timing().seed()).run();

    assertThat(again.recording().traceHash()).isEqualTo(first.recording().traceHash());
    assertThat(again.scenario().hash()).isEqualTo(first.scenario().hash());
    assertThat(again.findings().measurements()).isEqualTo(first.findings().measurements());
    assertThat(again.findings().measurements().get("lost")).isNegative();
    assertThat(again.verdict()).isEqualTo(first.verdict()).isEqualTo(Verdict.PASS);
    assertThat(kept.mitigations()).as("merged in").isEmpty();
  }

  @Test
  void scenarioOfTheBaseKeepsItsMitigations() throws IOException {
    RunFolder folder = keep(Stage.run(FILE));

    assertThat(Stage.read(Files.readString(folder.scenarioFile())).mitigations()).hasSize(1);
  }

  @Test
  void runsOfOneSecondGetFoldersOfTheirOwn() {
    RunResult result = Stage.run(FILE);
    RunFolder.Begun one = RunFolder.begin(runs, result.scenario(), START);
    RunFolder.Begun two = RunFolder.begin(runs, result.scenario(), START);
    Path first = one.finish(result, "").path();
    RunFolder.Begun three = RunFolder.begin(runs, result.scenario(), START);

    assertThat(List.of(first, two.finish(result, "").path(), three.finish(result, "").path()))
        .extracting(path -> path.getFileName().toString())
        .containsExactly("20250102T030405-s3", "20250102T030405-s3.2", "20250102T030405-s3.3");
    assertThat(RunFolder.list(runs)).hasSize(3);
  }

  @Test
  void folderLooksPartialUntilItIsWhole() throws IOException {
    RunResult result = Stage.run(FILE);
    RunFolder.Begun begun = RunFolder.begin(runs, result.scenario(), START);

    Path current = runs.resolve("stage").resolve("current");
    assertThat(current.toRealPath().getFileName().toString()).endsWith(RunFolder.PARTIAL);
    assertThat(RunFolder.list(runs)).isEmpty();

    begun.finish(result, "");
    assertThat(current.toRealPath()).isEqualTo(begun.path().toRealPath());
    assertThat(RunFolder.find(runs, "stage").path()).isEqualTo(begun.path().toRealPath());
  }

  @Test
  void runIsKeptThoughWhatIsMadeOfItGoesWrong() {
    RunResult result = Stage.run(FILE);
    RunFolder.Begun begun = RunFolder.begin(runs, result.scenario(), START);

    assertThatThrownBy(
            () ->
                begun.finish(
                    result,
                    "",
                    folder -> {
                      throw new IllegalStateException("the page");
                    }))
        .hasMessage("the page");

    assertThat(RunFolder.find(runs, "stage").results().path("verdict").asText()).isNotEmpty();
    assertThat(RunFolder.list(runs)).hasSize(1);
  }

  @Test
  void discardedRunLeavesNothing() throws IOException {
    RunFolder.begin(runs, FILE.scenario(), START).discard();

    try (var files = Files.list(runs)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void whatCannotBeReadIsToldWithWhatToDo() throws IOException {
    RunFolder folder = keep(Stage.run(FILE));
    Path series = folder.path().resolve("series.bin");
    Files.write(series, new byte[7]);
    Files.delete(folder.path().resolve("histories.bin"));
    Files.writeString(folder.path().resolve("results.json"), "{");

    assertThatThrownBy(() -> RunFolder.find(runs, "nobody"))
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining("There is no run (nobody)");
    assertThatThrownBy(folder::series)
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining("series.bin")
        .hasMessageContaining("Maybe repeat it with: the command");
    assertThatThrownBy(folder::checkpoints)
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining("histories.bin) is missing");
    assertThatThrownBy(folder::results)
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining("results.json");
  }

  @Test
  void placeThatTakesNoFoldersIsTold() throws IOException {
    Path file = Files.writeString(runs.resolve("file"), "");

    assertThatThrownBy(() -> RunFolder.begin(file, FILE.scenario(), START))
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("Maybe choose another with --out");
  }
}
