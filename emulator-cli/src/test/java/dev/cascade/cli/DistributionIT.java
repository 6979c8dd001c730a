package dev.cascade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip that mvn package makes works wherever it is unpacked. */
class DistributionIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  @TempDir private Path folder;
  private Path home = Path.of("");

  private record Ended(int code, String out) {}

  /** Into a folder with a space in its path, as there are on many machines. */
  @BeforeEach
  void unpack() throws IOException {
    Path into = Files.createDirectory(folder.resolve("my tools"));
    Path zip;
    try (Stream<Path> files = Files.list(TARGET)) {
      zip = files.filter(file -> file.toString().endsWith(".zip")).findFirst().orElseThrow();
    }
    try (FileSystem archive =
        FileSystems.newFileSystem(
            URI.create("jar:" + zip.toUri()), Map.of("enablePosixFileAttributes", "true"))) {
      try (Stream<Path> all = Files.walk(archive.getPath("/"))) {
        for (Path path : all.toList()) {
          unpack(path, into.resolve(path.toString().substring(1)));
        }
      }
    }
    try (Stream<Path> roots = Files.list(into)) {
      home = roots.findFirst().orElseThrow();
    }
  }

  private static void unpack(Path from, Path to) throws IOException {
    if (Files.isDirectory(from)) {
      Files.createDirectories(to);
    } else {
      Files.copy(from, to);
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(from);
      Files.setPosixFilePermissions(to, permissions);
    }
  }

  private Ended call(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/cascade").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("HOME", folder.toString());
    builder.environment().remove("XDG_CACHE_HOME");
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out);
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }

  @Test
  void itListsAndRunsAndStartsFasterFromThenOn() throws IOException, InterruptedException {
    Ended list = call("list");

    assertThat(list.code()).isZero();
    assertThat(list.out()).contains("queue ", "three-services ");
    assertThat(archives()).hasSize(1).allMatch(file -> file.startsWith(home.resolve("cache")));
    Ended doctor = call("doctor");
    assertThat(doctor.out()).containsPattern("✓ start +with .*\\.jsa");

    Ended run = call("run", "queue", "-q");

    assertThat(run.code()).as(run.out()).isZero();
    Path report =
        Path.of(run.out().lines().reduce((a, b) -> b).orElse("").replaceFirst(".*report +", ""));
    assertThat(folder.resolve(report)).isRegularFile();
    assertThat(archives()).hasSize(1);
  }

  @Test
  void twoFirstStartsAtOnceBothSucceed() throws IOException, InterruptedException {
    Ended[] ended = new Ended[2];
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      int number = i;
      Thread thread =
          new Thread(
              () -> {
                try {
                  ended[number] = call("version");
                } catch (IOException | InterruptedException failed) {
                  throw new IllegalStateException(failed);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(ended).extracting(Ended::code).containsExactly(0, 0);
    assertThat(archives()).hasSize(1);
  }

  @Test
  void itStartsWhereNoArchiveCanBeKept() throws IOException, InterruptedException {
    // Files where folders should be: that holds for root, too.
    Files.writeString(home.resolve("cache"), "");
    Files.writeString(folder.resolve(".cache"), "");

    Ended version = call("version");

    assertThat(version.code()).isZero();
    assertThat(version.out()).startsWith("cascade ");
    assertThat(archives()).isEmpty();
  }

  @Test
  void itHasAllThatBelongsToIt() throws IOException {
    for (String file :
        List.of(
            "LICENSE",
            "NOTICE",
            "licences/THIRD-PARTY.txt",
            "bin/cascade.cmd",
            "lib/emulator-cli.jar",
            "config/scenarios/queue.yaml",
            "config/schema/scenario-v1alpha1.schema.json",
            "docs/models/service.md",
            "completions/cascade.bash",
            "completions/cascade.zsh",
            "completions/cascade.fish")) {
      assertThat(home.resolve(file)).isRegularFile();
    }
    assertThat(Files.isExecutable(home.resolve("bin/cascade"))).isTrue();
    assertThat(home.resolve("licences/THIRD-PARTY.txt"))
        .content()
        .contains("picocli", "pekko-actor-typed", "logback-classic");
    assertThat(home.resolve("completions/cascade.bash")).content().contains("retry-storm");
    try (Stream<Path> libraries = Files.list(home.resolve("lib"))) {
      assertThat(libraries.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith("emulator-models"))
          .noneMatch(name -> name.startsWith("junit") || name.startsWith("assertj"));
    }
  }
}
