package dev.cascade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/extending.md, compiled as its users would, is a model like ours. */
class OwnModelIT {
  private static final Path EXAMPLE =
      Path.of("").toAbsolutePath().getParent().resolve("examples/own-model");
  private static final String SCENARIO = EXAMPLE.resolve("rate-limiter.yaml").toString();

  @TempDir private Path folder;
  private Cli cli;
  private String classes = "";

  @BeforeEach
  void compile() throws IOException {
    cli = new Cli(folder);
    Path target = Files.createDirectory(folder.resolve("classes"));
    classes = target.toString();
    List<String> arguments =
        new ArrayList<>(
            List.of("-parameters", "-cp", System.getProperty("java.class.path"), "-d", classes));
    try (Stream<Path> sources = Files.walk(EXAMPLE.resolve("src/main/java"))) {
      sources
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(f -> arguments.add(f.toString()));
    }
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(code).isZero();
    Path services = target.resolve("META-INF/services/dev.cascade.node.Model");
    Files.createDirectories(services.getParent());
    Files.copy(
        EXAMPLE.resolve("src/main/resources/META-INF/services/dev.cascade.node.Model"), services);
  }

  @Test
  void scenarioWithItRunsAndReplaysInAnotherJvm() throws IOException, InterruptedException {
    Cli.Said said = cli.keeping("run", SCENARIO, "-q", "--models", classes);

    assertThat(said.code()).as(said.out() + said.err()).isZero();
    assertThat(said.out()).contains("rate_limiter_passed_total", "verdict  pass");
    assertThat(Files.readString(cli.runs().resolve("rate-limiter/latest/run.json")))
        .contains("--models " + classes);
    Cli.Said replay = cli.keeping("replay", "rate-limiter", "-q", "--models", classes);
    assertThat(replay.code()).as(replay.out() + replay.err()).isZero();
  }

  @Test
  void itIsKnownOnlyWhereItIsNamed() {
    assertThat(cli.call("validate", SCENARIO, "--models", classes).code()).isZero();
    assertThat(cli.call("explain", "rate-limiter.burst", "--models", classes).out())
        .contains("a whole number; default 10");
    assertThat(cli.call("schema", "--models", classes).out()).contains("RateLimiterConfig");

    Cli.Said without = cli.call("validate", SCENARIO);

    assertThat(without.code()).isEqualTo(2);
    assertThat(without.out()).contains("(rate-limiter)");
  }
}
