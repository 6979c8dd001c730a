package dev.cascade.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.run.RunJson;
import dev.cascade.run.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a scenario to begin with. */
@Command(
    name = "init",
    description = "Writes a scenario to begin with: three services, a fault, properties.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "  ./cascade init shop            writes shop.yaml",
      "  ./cascade init shop --junit    writes shop/: the scenario, a pom.xml, a test"
    })
final class InitCommand implements Callable<Integer> {
  private static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

  @Parameters(paramLabel = "NAME", description = "The scenario's: a-z, 0-9 and - between them.")
  String name = "";

  @Option(names = "--junit", description = "Writes a folder NAME with a Maven project and a test.")
  boolean junit;

  @Option(names = "--force", description = "Replaces files that are there already.")
  boolean force;

  @Option(
      names = "--dir",
      defaultValue = ".",
      paramLabel = "DIR",
      description = "Where to write it: the current folder if absent.")
  Path folder = Path.of(".");

  @Mixin OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    if (!name.matches(NAME)) {
      throw new UsageException(
          "The name (%s) must be words of a-z and 0-9 with - between them: it names files. Maybe shop?"
              .formatted(name));
    }
    Map<Path, String> files = junit ? project() : scenario(folder);
    List<Path> taken = files.keySet().stream().filter(Files::exists).toList();
    if (!taken.isEmpty() && !force) {
      throw new UsageException(
          "There is a file (%s) already. Maybe another name, or --force to replace it?"
              .formatted(taken.get(0)));
    }
    files.forEach(InitCommand::write);
    tell(List.copyOf(files.keySet()));
    return ExitCode.AS_EXPECTED.code;
  }

  private Map<Path, String> scenario(Path where) {
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(where.resolve(name + ".yaml").normalize(), template("scenario.yaml"));
    return files;
  }

  private Map<Path, String> project() {
    Path root = folder.resolve(name).normalize();
    Map<Path, String> files = new LinkedHashMap<>(scenario(root));
    files.put(root.resolve("pom.xml"), template("pom.xml"));
    files.put(
        root.resolve("src/test/java/com/example").resolve(className() + "ScenarioTest.java"),
        template("ScenarioTest.java.txt"));
    return files;
  }

  private String className() {
    return Stream.of(name.split("-", -1))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  private String template(String file) {
    Properties versions = new Properties();
    try (InputStream in = resource("versions.properties")) {
      versions.load(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    String text;
    try (InputStream in = resource(file)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    text = text.replace("@NAME@", name).replace("@CLASS@", className());
    for (String key : versions.stringPropertyNames()) {
      text = text.replace("@" + key.toUpperCase(Locale.ROOT) + "@", versions.getProperty(key));
    }
    return text;
  }

  private static InputStream resource(String name) {
    InputStream in = InitCommand.class.getResourceAsStream("init/" + name);
    if (in == null) {
      throw new IllegalStateException("The resource (" + name + ") is missing.");
    }
    return in;
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException failed) {
      throw new UsageException("The file (%s) cannot be written: %s".formatted(file, failed));
    }
  }

  private void tell(List<Path> files) {
    if (!output.isText()) {
      ObjectNode json = RunJson.MAPPER.createObjectNode();
      files.forEach(file -> json.withArray("files").add(file.toString()));
      output.print(json);
      return;
    }
    PrintWriter out = output.screen().out();
    files.forEach(file -> out.println("  wrote    " + file));
    List<String> next = new ArrayList<>();
    next.add("./cascade run " + Shell.quoted(files.get(0).toString()));
    if (junit) {
      next.add("mvn test -f " + Shell.quoted(files.get(1).toString()));
    }
    next.forEach(command -> out.println("  next     " + command));
    out.flush();
  }
}
