package dev.cascade.cli;

import dev.cascade.node.Suggestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where Cascade lies, with the scenarios that come with it. */
final class Home {
  private static final String YAML = ".yaml";

  private Home() {}

  private static Path scenarios() {
    return Path.of(System.getProperty("cascade.home", "."), "config", "scenarios");
  }

  /** The scenarios that come with Cascade, by the names that commands take. */
  static List<String> scenarioNames() {
    if (!Files.isDirectory(scenarios())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(scenarios())) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(YAML))
          .map(name -> name.substring(0, name.length() - YAML.length()))
          .sorted()
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static Path scenario(String name) {
    return scenarios().resolve(name + YAML);
  }

  /** The file that a user means by a path, or by the name of a scenario that comes with Cascade. */
  static Path find(String scenario) {
    Path path = Path.of(scenario);
    Path known = scenario(scenario);
    boolean isName = scenario.indexOf('/') < 0 && !scenario.isEmpty() && Files.exists(known);
    boolean isPath = scenario.endsWith(YAML) || scenario.endsWith(".yml") || Files.exists(path);
    if (isPath && !scenario.isEmpty() && !(isName && Files.isDirectory(path))) {
      return path;
    }
    if (!isName) {
      throw new UsageException(
          "There is no scenario (%s), neither as a file nor in %s.%s"
              .formatted(scenario, scenarios(), Suggestion.maybe(scenario, scenarioNames())));
    }
    return known;
  }
}
