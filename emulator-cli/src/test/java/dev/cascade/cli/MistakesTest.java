package dev.cascade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong is told in a few lines: what, where, and what to do; with 2, and no folder. */
class MistakesTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void prepare() {
    cli = new Cli(folder);
  }

  private record Row(List<String> typed, List<String> told) {
    static Row of(String typed, String... told) {
      return new Row(List.of(typed.split(" ")), List.of(told));
    }

    @Override
    public String toString() {
      return String.join(" ", typed);
    }
  }

  static Stream<Row> mistakes() {
    return Stream.of(
        Row.of("runn queue", "There is no command (runn). Maybe \"run\"?"),
        Row.of("run", "SCENARIO", "./cascade run --help"),
        Row.of("run QUEUE more", "one argument too many (more)"),
        Row.of("run QUEUE --sede 3", "There is no option (--sede). Maybe --seed?"),
        Row.of("run QUEUE --seed x", "--seed", "(x) is no whole number"),
        Row.of("run QUEUE --seed 1 --seeds 2..3", "Either --seed or --seeds"),
        Row.of("run QUEUE --seeds 5..1", "(5..1) must be a range upwards"),
        Row.of("run QUEUE --seeds few", "(few) cannot be read. Maybe 1..20"),
        Row.of("run QUEUE --shards 0", "at least one shard, not 0"),
        Row.of("run QUEUE --speed 0x", "must be above zero. Maybe 1x?"),
        Row.of("run QUEUE --speed fast", "(fast)", "Maybe 10x?"),
        Row.of("run QUEUE --time-limit 5", "The duration (5) has no unit. Maybe 5ms or 5s?"),
        Row.of("run QUEUE --duration x", "--set duration=x: The duration (x) cannot be read"),
        Row.of("run QUEUE --duration 1s", "The warmup (5s) must be shorter than the duration (1s)"),
        Row.of("run QUEUE --set nonsense", "--set nonsense: A setting is path=value. Maybe"),
        Row.of("run QUEUE --set configuration.rat=3/s", "no entry (rat). Maybe \"rate\"?"),
        Row.of("run QUEUE --set configuration.rate=3", "The rate (3) has no unit. Maybe 3/s"),
        Row.of("run QUEUE --set metadata.name=../x", "The name (../x) must be 1 to 100"),
        Row.of("run QUEUE --values nofile.yaml", "nofile.yaml: There is no such file."),
        Row.of("run QUEUE --mitigation no-cutt", "(no-cutt) does not exist. Maybe \"no-cut\"?"),
        Row.of("run QUEUE -o xml", "--output", "[text, json, yaml]", "'xml'"),
        Row.of("run QUEUE -o yml", "but was 'yml'. Maybe yaml?"),
        Row.of("-o yml list", "(-o) comes after the command. Maybe ./cascade list -o yaml?"),
        Row.of("-q run QUEUE", "(-q) comes after the command. Maybe ./cascade run "),
        Row.of("-x list", "There is no option (-x)."),
        Row.of("run nowhere", "There is no scenario (nowhere)"),
        Row.of("run nowhere.yaml", "nowhere.yaml: There is no such file."),
        Row.of("run FOLDER", "This is a directory. Maybe \"queue.yaml\"?"),
        Row.of("plan nowhere", "There is no scenario (nowhere)"),
        Row.of("compare nowhere", "There is no scenario (nowhere)"),
        Row.of("completion", "SHELL"),
        Row.of("list things", "[scenarios, models, faults, metrics, mitigations, runs]"),
        Row.of("list mitigations", "Maybe cascade list mitigations SCENARIO"),
        Row.of("query queue 1", "There is no run (queue)", "Maybe see: cascade list runs"),
        Row.of("replay queue", "There is no run (queue)", "Maybe see: cascade list runs"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isToldAndLeavesNoFolder(Row row) {
    String queue = cli.queue();
    String[] typed =
        row.typed().stream()
            .map(word -> word.equals("QUEUE") ? queue : word)
            .map(word -> word.equals("FOLDER") ? folder.toString() : word)
            .toArray(String[]::new);
    boolean keeps = List.of("run", "compare", "query", "replay").contains(typed[0]);

    Cli.Said said = keeps ? cli.keeping(typed) : cli.call(typed);

    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(2);
    assertThat(said.err()).contains(row.told()).doesNotContain("should not have happened");
    assertThat(said.err().lines()).hasSizeLessThanOrEqualTo(3);
    assertThat(said.out()).isEmpty();
    assertThat(cli.runs()).doesNotExist();
  }

  static Stream<byte[]> files() {
    byte[] noise = new byte[5_000];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) (i * 131 + i / 7);
    }
    return Stream.of(
        new byte[0],
        noise,
        "a".repeat(10_000_000).getBytes(java.nio.charset.StandardCharsets.UTF_8),
        "[".repeat(100_000).getBytes(java.nio.charset.StandardCharsets.UTF_8),
        "a: &a [1,1]\nb: &b [*a,*a]\nc: [*b,*b]\n"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("files")
  void filesThatAreNoScenariosAreRefused(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("f.yaml"), bytes);

    Cli.Said said = cli.keeping("run", file.toString());

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).startsWith(file + ":").hasSizeLessThan(2_000);
    assertThat(cli.runs()).doesNotExist();
  }

  @Test
  void folderOfAScenariosNameDoesNotHideIt() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home/config/scenarios"));
    Files.writeString(home.resolve("readme-says.yaml"), Cli.QUEUE);
    Path shadow = Path.of("readme-says");
    String before = System.getProperty("cascade.home", "");
    Files.createDirectory(shadow);
    try {
      System.setProperty("cascade.home", folder.resolve("home").toString());
      assertThat(cli.call("validate", "readme-says").code()).isZero();
    } finally {
      System.setProperty("cascade.home", before);
      Files.delete(shadow);
    }
  }

  @Test
  void validateGoesOnToTheNextFile() {
    String bad = cli.file("bad.yaml", Cli.QUEUE.replace("threads: 1", "thread: 1"));

    Cli.Said said = cli.call("validate", "nowhere", bad, cli.queue());

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.out()).contains("nowhere: There is no scenario", "(thread) is unknown");
  }

  @Test
  void folderThatCannotBeWrittenIsTold() {
    String file = cli.file("file", "");

    Cli.Said said = cli.call("run", cli.queue(), "-q", "--out", file);

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains(file, "Maybe choose another with --out?");
    assertThat(cli.call("run", cli.queue(), "--out", "").err()).contains("--out");
  }

  @Test
  void runThatWasCutOffIsTold() throws IOException {
    Cli.Said run = cli.keeping("run", cli.queue(), "-q");
    Path kept = Path.of(run.out().strip().replaceFirst("(?s).*results  (\\S+).*", "$1"));
    Files.write(kept.resolve("series.bin"), new byte[100]);
    Files.write(kept.resolve("histories.bin"), new byte[0]);

    Cli.Said query = cli.keeping("query", "queue", "1");
    Cli.Said replay = cli.keeping("replay", "queue");

    assertThat(query.code()).isEqualTo(2);
    assertThat(query.err()).contains("series.bin", "Maybe repeat it with: ./cascade run");
    assertThat(replay.code()).isEqualTo(2);
    assertThat(replay.err()).contains("histories.bin");

    Files.writeString(kept.resolve("run.json"), "{");
    assertThat(cli.keeping("replay", "queue").err()).contains("run.json");
    assertThat(cli.keeping("list", "runs").out()).contains(kept.toString(), "unreadable");
  }

  @Test
  void queryTellsWhatIsWrongWithItsTimes() {
    cli.keeping("run", cli.queue(), "-q");

    assertThat(cli.keeping("query", "queue", "1", "--every", "x").err()).contains("(x) cannot be");
    assertThat(cli.keeping("query", "queue", "1", "--every", "0s").err()).contains("--every");
    assertThat(cli.keeping("query", "queue", "1", "--from", "5h").err())
        .contains("from (5h) must come before the time to (1m)");
    assertThat(cli.keeping("query", "queue", "foo(").code()).isEqualTo(2);
  }
}
