package dev.cascade.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.random.DurationText;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunJson;
import dev.cascade.run.Shell;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a run smaller in which a property was violated. */
@Command(
    name = "shrink",
    description = {
      "Looks for a smaller scenario in which the property of a run is violated, too:",
      "fewer faults, weaker, earlier; fewer entries and replicas; shorter."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ShrinkCommand implements Callable<Integer> {
  @Mixin KeptRun run = new KeptRun();

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "Where the smaller scenario goes; never over a file that is there.")
  Path file = Path.of("");

  @Option(
      names = "--property",
      paramLabel = "NAME",
      description = "The property whose violation stays; the first that was violated if absent.")
  @Nullable String property;

  @Mixin ShrinkOptions how = new ShrinkOptions();
  @Mixin OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Shrinking.checkUnused(file);
    RunFolder folder = run.folder();
    Shrinking.Shrunk shrunk = shrink(folder, property, file, how.budget(), output);
    if (output.isText()) {
      print(shrunk, output);
    } else {
      output.print(json(shrunk));
    }
    return ExitCode.AS_EXPECTED.code;
  }

  /** Shrinks a run that is kept. */
  static Shrinking.Shrunk shrink(
      RunFolder folder,
      @Nullable String property,
      Path file,
      Shrinking.Budget budget,
      OutputOptions output) {
    JsonNode violated = violated(folder, property);
    long nanos = violated.path("firstViolation").decimalValue().movePointRight(9).longValue();
    String name = violated.path("name").asText();
    return new Shrinking(file, name, budget, output)
        .shrink(text(folder), folder.about().path("command").asText(), Duration.ofNanos(nanos));
  }

  /** What a run says of its property, or of the first that was violated. */
  static JsonNode violated(RunFolder folder, @Nullable String property) {
    for (JsonNode one : folder.results().path("properties")) {
      boolean isMeant = property == null || property.equals(one.path("name").asText());
      if (isMeant && one.path("firstViolation").isNumber()) {
        return one;
      }
    }
    throw new UsageException(
        property == null
            ? "The run violated no property."
            : "The run has no violation of the property (%s).".formatted(property));
  }

  private static String text(RunFolder folder) {
    try {
      return Files.readString(folder.scenarioFile());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static void print(Shrinking.Shrunk shrunk, OutputOptions output) {
    PrintWriter out = output.screen().out();
    out.println(
        "  %s  %s, in %s"
            .formatted(
                output.paint().bold("SHRUNK"),
                shrunk.gone().isEmpty() ? "nothing could be left out" : "left out, or made less",
                Figures.count(shrunk.runs(), "run")));
    shrunk.gone().forEach(line -> out.println("    " + line));
    out.println("    violated     at " + DurationText.format(shrunk.violation()));
    out.println("    run          ./cascade run " + Shell.quoted(shrunk.file().toString()));
    out.flush();
  }

  static ObjectNode json(Shrinking.Shrunk shrunk) {
    ObjectNode json = RunJson.MAPPER.createObjectNode();
    json.put("file", shrunk.file().toString());
    shrunk.gone().forEach(json.putArray("gone")::add);
    json.put("violation", shrunk.violation().toNanos() / 1e9);
    json.put("runs", shrunk.runs());
    return json;
  }
}
