package dev.cascade.cli;

import dev.cascade.run.Words;
import dev.cascade.scenario.ModelCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;

/** The models on the class path and in the user's jars, with what the engine itself measures. */
final class Models {
  /** The user's jars, as they were given. */
  private static final List<Path> JARS = new ArrayList<>();

  private Models() {}

  static ModelCatalog catalog() {
    try {
      return ModelCatalog.load().withBuiltIns(Words.ENGINE_METRICS, List.of());
    } catch (ServiceConfigurationError | IllegalArgumentException broken) {
      throw new UsageException(
          "The models cannot be loaded: %s%s"
              .formatted(
                  broken.getMessage(), JARS.isEmpty() ? "" : " Maybe check --models " + typed()));
    }
  }

  /**
   * Lets this thread, and those that it starts, find models in jars: nothing is loaded from a jar
   * that the user did not name.
   *
   * @param jars files, folders of classes, or folders of jars
   * @return what undoes it
   */
  static Runnable with(List<Path> jars) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    JARS.clear();
    if (jars.isEmpty()) {
      return () -> {};
    }
    JARS.addAll(jars);
    URL[] urls =
        jars.stream().flatMap(jar -> files(jar).stream()).map(Models::url).toArray(URL[]::new);
    URLClassLoader loader = new URLClassLoader(urls, Models.class.getClassLoader());
    thread.setContextClassLoader(loader);
    return () -> {
      thread.setContextClassLoader(before);
      JARS.clear();
      try {
        loader.close();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    };
  }

  /** The option that finds the same models again; empty if there was none. */
  static List<String> arguments() {
    return JARS.isEmpty() ? List.of() : List.of("--models", typed());
  }

  private static String typed() {
    return String.join(",", JARS.stream().map(Path::toString).toList());
  }

  /** A folder with services is one of classes; any other is one of jars. */
  private static List<Path> files(Path jar) {
    if (!Files.exists(jar)) {
      throw new UsageException(
          "There is no file (%s) with models. Maybe build it first?".formatted(jar));
    }
    if (!Files.isDirectory(jar) || Files.isDirectory(jar.resolve("META-INF"))) {
      return List.of(jar);
    }
    try (Stream<Path> all = Files.list(jar)) {
      List<Path> found = all.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      if (found.isEmpty()) {
        throw new UsageException(
            "The folder (%s) has neither jars nor a META-INF/services. Maybe target/classes?"
                .formatted(jar));
      }
      return found;
    } catch (IOException unreadable) {
      throw new UsageException("The folder (%s) cannot be read: %s".formatted(jar, unreadable));
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
