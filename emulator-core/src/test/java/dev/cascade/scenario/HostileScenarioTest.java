package dev.cascade.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files come from strangers: whatever is in them, the answer is a list of problems, and short. */
class HostileScenarioTest {
  private static final String HEAD =
      "apiVersion: cascade/v1alpha1\nkind: Scenario\nmetadata: {name: x}\nspec:\n  duration: 1s\n";

  private static void read(String text) {
    new ScenarioReader(TestModels.CATALOG).read(new ScenarioSource("f.yaml", text), Overrides.NONE);
  }

  private static String many(int count, String line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(line.replace("#", Integer.toString(i)));
    }
    return text.toString();
  }

  /** Nine aliases of nine aliases of …: a billion leaves in ten lines. */
  private static String laughs(String first, String next) {
    StringBuilder text = new StringBuilder(first);
    for (int i = 1; i < 10; i++) {
      text.append(next.replace("@", Integer.toString(i)).replace("#", Integer.toString(i - 1)));
    }
    return text.toString();
  }

  static Stream<Arguments> rows() {
    String aliases = "[*a#, *a#, *a#, *a#, *a#, *a#, *a#, *a#, *a#]";
    String references = "[$(a#), $(a#), $(a#), $(a#), $(a#), $(a#), $(a#), $(a#), $(a#)]";
    return Stream.of(
        Arguments.of("alias bomb", laughs("a0: &a0 [x]\n", "a@: &a@ " + aliases + "\n"), "alias"),
        Arguments.of(
            "few aliases of much",
            "a: &a [" + "x,".repeat(50_000) + "]\nb: [*a, *a, *a, *a, *a, *a]\n",
            "more than 200000 nodes"),
        Arguments.of("alias of itself", "a: &a [*a]\n", "contains itself"),
        Arguments.of("deep lists", "[".repeat(100_000), "Nesting Depth"),
        Arguments.of("deep mappings", "{a: ".repeat(100_000), "Nesting Depth"),
        Arguments.of("no mapping", "- a\n", "a scenario is a mapping"),
        Arguments.of("nothing", "# nothing\n", "The file is empty."),
        Arguments.of("two documents", HEAD + "---\n" + HEAD, "expected a single document"),
        Arguments.of("code", HEAD + "  x: !!javax.script.ScriptEngineManager []\n", "not allowed"),
        Arguments.of(
            "reference bomb",
            HEAD
                + "  configuration:\n    a0: x\n"
                + laughs("", "    a@: " + references + "\n")
                + "  network: $(a9)\n",
            "grow too large"),
        Arguments.of(
            "text bomb",
            HEAD
                + "  configuration:\n    a0: "
                + "x".repeat(1000)
                + "\n"
                + laughs("", "    a@: $(a#)$(a#)$(a#)$(a#)$(a#)$(a#)$(a#)$(a#)$(a#)\n")
                + "  network: $(a9)\n",
            "grow too large"),
        Arguments.of(
            "long chain of references",
            HEAD
                + "  configuration:\n    a0: x\n"
                + IntStream.rangeClosed(1, 20_000)
                    .mapToObj(i -> "    a" + i + ": $(a" + (i - 1) + ")\n")
                    .reduce("", String::concat)
                + "  network: $(a20000)\n",
            "nested too deeply"),
        Arguments.of(
            "many unknown keys", HEAD + many(20_000, "  key#: 1\n"), "The key (key0) is unknown"),
        Arguments.of("long names", HEAD + "  " + "k".repeat(1000) + ": 1\n", "The key (kkk"),
        Arguments.of(
            "long numbers", HEAD + "  seed: " + "9".repeat(1_000_000) + "\n", "must lie between"),
        Arguments.of(
            "more hosts than there are",
            HEAD
                + "  topology:\n    - {name: e, model: balancer, replicas: 2000000000, config: {upstream: e}}\n",
            "must lie between 0 and 1000000"),
        Arguments.of(
            "long path",
            HEAD
                + "  mitigations:\n    - name: m\n      set: {network"
                + ".a".repeat(400)
                + ": 1}\n",
            "more than 50 parts"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void hostileFileIsRefused(String name, String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            ScenarioException.class,
            invalid -> {
              assertThat(invalid.problems()).hasSizeBetween(1, Problems.MAX);
              assertThat(invalid.getMessage()).contains(message).hasSizeLessThan(200_000);
            });
  }

  @Test
  void largeFileIsRefusedUnread(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("large.yaml");
    Files.write(file, new byte[ScenarioSource.MAX_BYTES + 1]);

    assertThatThrownBy(() -> ScenarioSource.file(file)).hasMessageContaining("more than 4194304");
  }

  @Test
  void binaryFileIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("binary.yaml");
    Files.write(file, new byte[] {(byte) 0xC3, (byte) 0x28});

    assertThatThrownBy(() -> ScenarioSource.file(file)).hasMessageContaining("not UTF-8");
  }

  /** Cuts, swaps and insertions in a good file lead to a scenario or to problems, nothing else. */
  @Test
  void mutilatedFilesNeverCrashTheReader() {
    Random random = new Random(1);
    String good = ScenarioReaderTest.example().text();
    String pieces = "{}[]:,-'\"$()&*!|>%@#\n\t 0aé\u0000";
    int refused = 0;
    for (int run = 0; run < 150; run++) {
      StringBuilder text = new StringBuilder(good);
      for (int i = 0; i < 3; i++) {
        int at = random.nextInt(text.length());
        int length = Math.min(text.length() - at, random.nextInt(30));
        text.replace(
            at, at + length, Character.toString(pieces.charAt(random.nextInt(pieces.length()))));
      }
      try {
        read(text.toString());
      } catch (ScenarioException invalid) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(75);
  }
}
