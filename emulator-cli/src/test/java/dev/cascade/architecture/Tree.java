package dev.cascade.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The source tree, as tests of it see it.
 *
 * @param root the directory of the root pom
 */
record Tree(Path root) {
  private static final List<String> MODULES =
      List.of("emulator-core", "emulator-models", "emulator-cli");

  /** The tree that this test was built from: the nearest directory above with all modules in it. */
  static Tree ofThisProject() {
    Path here = Path.of("").toAbsolutePath();
    for (Path path = here; path != null; path = path.getParent()) {
      if (MODULES.stream().map(path::resolve).allMatch(Files::isDirectory)) {
        return new Tree(path);
      }
    }
    throw new IllegalStateException("No directory above " + here + " holds all of " + MODULES);
  }

  /** Every Java file of every module: main, test and benchmarks. */
  List<Path> javaFiles() {
    return MODULES.stream().flatMap(m -> find(root.resolve(m).resolve("src"), ".java")).toList();
  }

  /** The directories under src/main/java that hold Java files. */
  List<Path> packageDirectories() {
    return MODULES.stream()
        .map(m -> root.resolve(m).resolve("src/main/java"))
        .flatMap(sources -> find(sources, ".java"))
        .map(Path::getParent)
        .distinct()
        .toList();
  }

  /** The name of a package by its directory. */
  static String packageName(Path directory) {
    String path = directory.toString().replace('\\', '/');
    String sources = "/src/main/java/";
    return path.substring(path.indexOf(sources) + sources.length()).replace('/', '.');
  }

  List<Path> scenarios() {
    return find(root.resolve("config/scenarios"), ".yaml").toList();
  }

  boolean has(String path) {
    return Files.exists(root.resolve(path));
  }

  /** The text of a file, or nothing where there is no such file. */
  String text(String path) {
    return has(path) ? text(root.resolve(path)) : "";
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> find(Path directory, String suffix) {
    if (!Files.isDirectory(directory)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(f -> f.toString().endsWith(suffix)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
