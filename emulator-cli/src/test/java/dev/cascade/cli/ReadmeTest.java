package dev.cascade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    Cli.Said said = new Cli(folder).keeping("run", scenario("healthcheck-storm"), "-q");

    // The block leaves out what its dots stand for; the rest is there, line by line, in this order.
    List<String> shown =
        withoutChance(block.group(1)).lines().filter(line -> !line.isBlank()).toList();
    List<String> kept = shown.stream().filter(line -> !line.strip().equals("…")).toList();
    assertThat(kept).hasSizeGreaterThan(10);
    assertThat(withoutChance(said.out()).lines().toList()).containsSubsequence(kept);
  }

  private static String scenario(String name) {
    return ROOT.resolve("config").resolve("scenarios").resolve(name + ".yaml").toString();
  }

  @Test
  void readmeFitsOneScreen() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThan(70);
  }

  /** Without what the wall clock decides, and where the runs are kept. */
  private static String withoutChance(String output) {
    return output
        .replaceAll("(wall_time[.]*: )\\S+", "$1…")
        .replaceAll("(results |report  ) .*", "$1 …");
  }
}
