package dev.cascade.cli;

import static dev.cascade.testkit.EmulationAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cascade.run.Emulation;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunJson;
import dev.cascade.run.RunResult;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.ScenarioFile;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a failed test prints is done, and is the same run. */
class TestKitRepeatTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void keepRunsApart() throws IOException {
    Path spaced = Files.createDirectory(folder.resolve("a user's own"));
    cli = new Cli(folder);
    System.setProperty("cascade.runs", spaced.toString());
  }

  @AfterEach
  void forgetThem() {
    System.clearProperty("cascade.runs");
  }

  /** What a test says that expects of the queue what it does not do. */
  private static String[] failure(RunResult result) {
    return catchThrowableOfType(AssertionError.class, () -> assertThat(result).holds("quick"))
        .getMessage()
        .split("\\R");
  }

  private static String after(String key, String[] lines) {
    String begin = "  " + key + ": ";
    return Arrays.stream(lines)
        .filter(line -> line.startsWith(begin))
        .map(line -> line.substring(begin.length()))
        .findFirst()
        .orElseThrow();
  }

  private static RunResult run(String text, String... mitigations) {
    ScenarioFile file =
        new ScenarioReader(Models.catalog())
            .read(new ScenarioSource("queue.yaml", text), Overrides.NONE);
    return Emulation.of(file, List.of(mitigations), 7).run();
  }

  @Test
  void ofOurOwnModelsItIsARunOfTheCommandLine() throws IOException {
    RunResult result = run(Cli.QUEUE);

    String[] said = failure(result);
    String command = after("repeat", said);

    assertThat(command).startsWith("./cascade run '" + folder);
    assertThat(RunFolder.at(Path.of(after("run", said))).about().path("command").asText())
        .isEqualTo(command);
    // as a shell takes it: the quotes, and the apostrophe between them
    String[] words = command.replace("'\\''", "’").split(" (?=(?:[^']*'[^']*')*[^']*$)");
    String[] arguments =
        Arrays.stream(words)
            .skip(1)
            .map(word -> word.replace("'", "").replace("’", "'"))
            .toArray(String[]::new);
    String[] json = Arrays.copyOf(arguments, arguments.length + 2);
    json[arguments.length] = "-o";
    json[arguments.length + 1] = "json";
    Cli.Said again = cli.keeping(json);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(RunJson.MAPPER.readTree(again.out()).path("traceHash").asText())
        .isEqualTo(result.recording().traceHash());
  }

  /** The command line would need its jar, and what that needs. */
  @Test
  void ofAModelOfTheUsersOwnItIsTheTest() {
    RunResult result =
        run(
            Cli.QUEUE.replace(
                "topology:", "topology:\n    - {name: bed, model: leaky, config: {}}"));

    assertThat(after("repeat", failure(result)))
        .isEqualTo(
            "mvn test -Dtest=%s#ofAModelOfTheUsersOwnItIsTheTest".formatted(getClass().getName()));
  }
}
