package dev.cascade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README shows what its command prints. */
class ReadmeTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern BLOCK = Pattern.compile("```\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void outputOfTheFirstCommandIsReal() throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve("README.md")));
    assertThat(block.find()).isTrue();
    Path scenario = ROOT.resolve("config").resolve("scenarios").resolve("queue.yaml");

    Cli.Said said = new Cli(folder).keeping("run", scenario.toString(), "-q");

    assertThat(withoutChance(said.out())).isEqualTo(withoutChance(block.group(1)));
  }

  @Test
  void readmeFitsOneScreen() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThan(70);
  }

  /** Without what the wall clock decides, and where the runs are kept. */
  private static String withoutChance(String output) {
    return output
        .replaceAll("(wall_time[.]*: )\\S+", "$1…")
        .replaceAll("results  .*", "results  …");
  }
}
