package dev.cascade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees at a terminal while a run goes on, and afterwards. */
class TerminalTest {
  @TempDir private Path folder;
  private final FakeTerminal terminal = new FakeTerminal();
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void atATerminal() {
    System.setProperty("cascade.stderr.terminal", "true");
    System.setProperty("cascade.stderr.columns", "60");
  }

  @AfterEach
  void away() {
    System.clearProperty("cascade.stderr.terminal");
    System.clearProperty("cascade.stderr.columns");
    System.clearProperty("cascade.stdout.terminal");
  }

  private int run(String... more) {
    Cli cli = new Cli(folder);
    List<String> arguments = new ArrayList<>(List.of("run", cli.queue()));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--out", cli.runs().toString()));
    return CascadeMain.execute(
        new PrintWriter(out, true),
        new PrintWriter(terminal, true),
        arguments.toArray(String[]::new));
  }

  @Test
  void blockIsDrawnInItsPlaceAndTakenAway() {
    assertThat(run("--speed", "60x")).isZero(); // a minute in a second: drawn a few times

    List<String> drawn = terminal.screens().stream().filter(s -> s.contains("cascade")).toList();
    assertThat(drawn).hasSizeGreaterThan(1);
    assertThat(drawn)
        .allSatisfy(
            screen -> {
              assertThat(screen).containsOnlyOnce("cascade  queue  seed 42").contains("quick");
              assertThat(screen).containsPattern("\\[=*>-*\\] +[0-9.]+m?s / 1m ");
              assertThat(screen.lines()).hasSizeLessThanOrEqualTo(4);
              assertThat(screen.lines()).allMatch(line -> line.length() < 60);
            });
    assertThat(drawn.get(drawn.size() - 1)).contains("method", "power-cut");
    assertThat(terminal.screen()).as("nothing is left of it").isBlank();
  }

  @Test
  void journalStaysAboveTheBlock() {
    assertThat(run("--speed", "60x", "-v")).isZero();

    assertThat(terminal.screen().lines().filter(line -> line.contains("power-cut")))
        .as("done and undone")
        .hasSize(2);
    assertThat(terminal.screen()).doesNotContain("cascade  queue");
  }

  @Test
  void quietIsQuiet() {
    assertThat(run("-q")).isZero();

    assertThat(terminal.screen()).isEmpty();
  }

  @Test
  void coloursAreForTerminalsAlone() {
    run("-q");
    assertThat(out.toString()).contains("✓ quick").doesNotContain("\u001b");

    System.setProperty("cascade.stdout.terminal", "true");
    run("-q", "--no-color");
    assertThat(out.toString()).doesNotContain("\u001b");
    if (System.getenv("NO_COLOR") == null) {
      run("-q");
      assertThat(out.toString()).contains("\u001b[32m✓\u001b[0m quick");
    }
  }
}
