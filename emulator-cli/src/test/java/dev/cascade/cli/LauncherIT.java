package dev.cascade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cascade.run.RunJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only real JVMs can show. */
class LauncherIT {
  private static final String LEAKY =
      """
      apiVersion: cascade/v1alpha1
      kind: Scenario
      metadata: {name: leak}
      spec:
        duration: 30s
        topology:
          - {name: member, model: leaky, replicas: 12}
      """;

  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void prepare() {
    cli = new Cli(folder);
  }

  private record Ended(int code, String out) {}

  private Process start(List<String> jvmOptions, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--out");
    all.add(cli.runs().toString());
    return ChildJvm.start(jvmOptions, all);
  }

  private Ended run(String... arguments) throws IOException, InterruptedException {
    Process process = start(List.of(), arguments);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out);
  }

  @Test
  void twoJvmsWriteTheSameBytes() throws IOException, InterruptedException {
    Ended one = run("run", cli.queue(), "-q", "-o", "json");
    Ended other = run("run", cli.queue(), "-q", "-o", "json", "--shards", "2");

    assertThat(one.code()).isZero();
    for (String file : List.of("results.json", "series.bin", "metrics.om", "histories.bin")) {
      assertThat(kept(other).resolve(file)).hasSameBinaryContentAs(kept(one).resolve(file));
    }
  }

  @Test
  void replayOfAnHonestRunAgrees() throws IOException, InterruptedException {
    run("run", cli.queue(), "-q");

    Ended replay = run("replay", "queue", "-q");

    assertThat(replay.code()).isZero();
    assertThat(replay.out()).contains("same     60 checkpoints agree");
  }

  @Test
  void replayStopsAtTheFirstEventOfALeak() throws IOException, InterruptedException {
    run("run", cli.file("leak.yaml", LEAKY), "-q");

    Ended replay = run("replay", "leak", "-q");

    // The members greet each other for the first time at 7 s.
    assertThat(replay.code()).isEqualTo(1);
    assertThat(replay.out())
        .contains("differs  between 7s and 8s")
        .containsPattern(
            "event +7s.*member-\\d+/member handles \\w*Greeting from member-\\d+/member");
  }

  @Test
  void firstCtrlCWritesWhatThereIs() throws IOException, InterruptedException {
    Process process = start(List.of(), "run", cli.queue(), "--speed", "1x", "-v");
    // Nothing is printed before the end: the folder tells that the run goes on.
    Path current = cli.runs().resolve("queue").resolve("current");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> Files.exists(current.resolve("scenario.yaml")));
    assertThat(current.toRealPath().toString()).endsWith(".partial");

    interrupt(process);
    String last = "";
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = line;
      }
    }

    assertThat(process.waitFor()).isEqualTo(130);
    Path report = Path.of(last.replaceFirst(".*report +", ""));
    Path run = report.resolveSibling("");
    assertThat(report).isRegularFile();
    assertThat(Files.readString(run.resolve("run.json"))).contains("\"ending\" : \"stopped\"");
    assertThat(
            RunJson.MAPPER.readTree(run.resolve("results.json").toFile()).path("verdict").asText())
        .isEqualTo("inconclusive");
  }

  @Test
  void secondCtrlCEndsItNow() throws IOException, InterruptedException {
    Path marker = folder.resolve("dozing");
    String dozing =
        cli.file(
            "dozing.yaml",
            """
            apiVersion: cascade/v1alpha1
            kind: Scenario
            metadata: {name: dozing}
            spec:
              duration: 10s
              topology:
                - {name: one, model: dozing, config: {marker: '%s'}}
            """
                .formatted(marker));
    Process process = start(List.of(), "run", dozing, "-q");
    await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(marker));

    interrupt(process);
    assertThat(process.waitFor(2, TimeUnit.SECONDS)).as("the turn goes on").isFalse();
    interrupt(process);

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(cli.runs().resolve("dozing").resolve("current").toRealPath().toString())
        .endsWith(".partial");
    assertThat(cli.keeping("query", "dozing", "1").code()).as("no run is kept").isEqualTo(2);
  }

  private static void interrupt(Process process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  private static Path kept(Ended ended) throws IOException {
    return Path.of(RunJson.MAPPER.readTree(ended.out()).path("runFolder").asText());
  }
}
