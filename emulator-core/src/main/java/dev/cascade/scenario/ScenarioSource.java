package dev.cascade.scenario;

import dev.cascade.node.Suggestion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text of a scenario or values file.
 *
 * @param name as messages give it, the path that the user typed
 * @param text the whole of it
 * @param directory of the file, which measured data lie in that it names; null if it is no file
 */
public record ScenarioSource(String name, String text, @Nullable Path directory) {
  /** Bytes a file may have; the largest scenarios that people write stay far below. */
  public static final int MAX_BYTES = 4 << 20;

  /** A text that is no file. */
  public ScenarioSource(String name, String text) {
    this(name, text, null);
  }

  /**
   * Reads a file.
   *
   * @throws ScenarioException if there is none, or it is no UTF-8 text of at most 4 MiB
   */
  public static ScenarioSource file(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw problem(path, "This is a directory." + Suggestion.maybe("", yamlFiles(path)));
      }
      if (Files.notExists(path)) {
        throw problem(path, "There is no such file." + nearestFile(path));
      }
      byte[] bytes;
      try (var stream = Files.newInputStream(path)) {
        bytes = stream.readNBytes(MAX_BYTES + 1);
      }
      if (bytes.length > MAX_BYTES) {
        throw problem(path, "The file has more than " + MAX_BYTES + " bytes. Maybe no scenario?");
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new ScenarioSource(
          path.toString(),
          StandardCharsets.UTF_8.newDecoder().decode(buffer).toString(),
          path.toAbsolutePath().getParent());
    } catch (CharacterCodingException notText) {
      throw problem(path, "The file is not UTF-8 text.");
    } catch (IOException unreadable) {
      throw problem(path, "The file cannot be read (" + unreadable.getMessage() + ").");
    }
  }

  private static String nearestFile(Path path) {
    Path directory = path.toAbsolutePath().getParent();
    Path file = path.getFileName();
    if (directory == null || file == null || !Files.isDirectory(directory)) {
      return "";
    }
    return Suggestion.nearest(file.toString(), yamlFiles(directory))
        .map(name -> " Maybe \"" + path.resolveSibling(name) + "\"?")
        .orElse("");
  }

  private static List<String> yamlFiles(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      return List.of(); // only a hint is lost
    }
  }

  private static ScenarioException problem(Path path, String message) {
    return new ScenarioException(
        List.of(
            new ScenarioProblem(
                ScenarioProblem.Severity.ERROR, Location.of(path.toString()), message)));
  }
}
