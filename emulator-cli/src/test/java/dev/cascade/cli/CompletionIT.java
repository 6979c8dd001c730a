package dev.cascade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real bash sources the completion and completes. */
class CompletionIT {
  @TempDir private Path folder;

  /** What bash offers where the line ends; only in a terminal may a completion set options. */
  private String completed(String line) throws IOException, InterruptedException {
    String script =
        new Cli(folder).file("cascade.bash", new Cli(folder).call("completion", "bash").out());
    String[] words = line.split(" ", -1);
    StringBuilder array = new StringBuilder();
    for (String word : words) {
      array.append(" '").append(word).append("'");
    }
    Process bash =
        new ProcessBuilder(
                "bash",
                "--norc",
                "-c",
                "compopt() { :; }; source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_cascade; printf '%%s\\n' \"${COMPREPLY[@]}\"; complete -p cascade"
                    .formatted(script, array, words.length - 1))
            .redirectErrorStream(true)
            .start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(out).isZero();
    assertThat(out).as("files are offered where no word fits").contains("-o default");
    return out;
  }

  @ParameterizedTest
  @CsvSource({
    "cascade comp, compare",
    "cascade list mod, models",
    "cascade run --se, --seeds",
    "cascade explain thr, thresholds",
    "cascade completion f, fish",
    "cascade init shop --ju, --junit"
  })
  void wordsAreCompleted(String line, String word) throws IOException, InterruptedException {
    assertThat(completed(line).lines()).contains(word);
  }

  @Test
  void namesOfScenariosAreCompleted() throws IOException, InterruptedException {
    String home = System.getProperty("cascade.home");
    System.setProperty("cascade.home", Path.of("").toAbsolutePath().getParent().toString());
    try {
      assertThat(completed("cascade run retry").lines()).contains("retry-storm");
      assertThat(completed("cascade validate que").lines()).contains("queue");
    } finally {
      if (home == null) {
        System.clearProperty("cascade.home");
      } else {
        System.setProperty("cascade.home", home);
      }
    }
  }

  @Test
  void whatIsHiddenIsNotOffered() throws IOException, InterruptedException {
    assertThat(completed("cascade repl").lines())
        .contains("replay")
        .doesNotContain("replay-worker");
  }
}
