package dev.cascade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what docs/tutorial.md and docs/why.md say, and sees what they show. The tutorial's JUnit
 * test is a Maven project, which continuous integration builds from the same page.
 */
class TutorialIT {
  private static final Path DOCS = Path.of("").toAbsolutePath().getParent().resolve("docs");
  private static final Pattern BLOCK =
      Pattern.compile("```(\\w*)\\n(.*?)```", Pattern.DOTALL | Pattern.MULTILINE);
  private static final String PROMPT = "$ ./cascade ";
  private static final String SCENARIO = "shop/shop.yaml";

  @TempDir private Path folder;

  @Test
  void eachCommandPrintsWhatThePageShows() throws IOException {
    Cli cli = new Cli(folder);
    assertThat(cli.call("init", "shop", "--junit", "--dir", folder.toString()).code()).isZero();
    Files.writeString(folder.resolve(SCENARIO), blocks("tutorial.md", "yaml").get(0));

    assertThat(transcriptsThatHold(cli, "tutorial.md")).isGreaterThan(6);
  }

  @Test
  void whyPrintsWhatItsPageShows() throws IOException {
    Cli cli = new Cli(folder);
    String scenario = DOCS.resolveSibling("config/scenarios/three-services.yaml").toString();
    assertThat(cli.keeping("run", scenario, "-q", "--no-report").code()).isZero();

    assertThat(transcriptsThatHold(cli, "why.md")).isPositive();
  }

  /** How many commands a page shows with what they print; each does. */
  private int transcriptsThatHold(Cli cli, String page) throws IOException {
    List<String> transcripts = blocks(page, "").stream().filter(b -> b.startsWith(PROMPT)).toList();
    for (String transcript : transcripts) {
      List<String> lines = transcript.lines().toList();
      Cli.Said said = call(cli, lines.get(0).substring(PROMPT.length()).split(" "));

      List<String> shown =
          lines.stream()
              .skip(1)
              .filter(line -> !line.isBlank() && !line.strip().equals("…"))
              .toList();
      assertThat(said.code()).as(lines.get(0) + said.err()).isZero();
      assertThat(said.out().lines().toList()).as(lines.get(0)).containsSubsequence(shown);
    }
    return transcripts.size();
  }

  /** Commands that keep runs do so in the folder of the test. */
  private Cli.Said call(Cli cli, String... words) {
    String[] arguments =
        Stream.of(words)
            .map(word -> word.equals(SCENARIO) ? folder.resolve(SCENARIO).toString() : word)
            .toArray(String[]::new);
    return switch (words[0]) {
      case "validate", "plan" -> cli.call(arguments);
      default -> cli.keeping(arguments);
    };
  }

  private static List<String> blocks(String page, String language) throws IOException {
    List<String> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(DOCS.resolve(page)));
    while (block.find()) {
      if (block.group(1).equals(language)) {
        found.add(block.group(2));
      }
    }
    return found;
  }
}
