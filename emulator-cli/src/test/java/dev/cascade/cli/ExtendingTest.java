package dev.cascade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/extending.md shows is what the example says. */
class ExtendingTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

  @Test
  void codeIsThatOfTheExample() throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT.resolve("examples/own-model/src/main/java"))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        sources.add(Files.readString(file));
      }
    }
    List<String> shown =
        BLOCK
            .matcher(Files.readString(ROOT.resolve("docs/extending.md")))
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();

    assertThat(shown).hasSizeGreaterThanOrEqualTo(4);
    assertThat(shown).allMatch(block -> sources.stream().anyMatch(text -> text.contains(block)));
  }
}
