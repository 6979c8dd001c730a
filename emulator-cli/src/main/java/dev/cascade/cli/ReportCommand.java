package dev.cascade.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.cli.report.GrafanaDashboard;
import dev.cascade.cli.report.MessagesSvg;
import dev.cascade.cli.report.RunPage;
import dev.cascade.metrics.SeriesFile;
import dev.cascade.node.MetricInfo;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunJson;
import dev.cascade.run.SpaceTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the page of a finished run again, from its folder alone. */
@Command(
    name = "report",
    description = "Makes a run's page again, from its folder alone.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RUN",
      description = "A run's folder, or a scenario's name for its latest.")
  String run = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write it; report.html in the run's folder if absent.")
  @Nullable Path file;

  @Option(
      names = "--runs",
      defaultValue = "runs",
      paramLabel = "DIR",
      description = "Where runs are kept: ${DEFAULT-VALUE}.")
  Path runs = Path.of("runs");

  @Mixin OutputOptions output = new OutputOptions();

  @Option(
      names = "--why",
      description =
          "Repeats the run for each property that was violated, and tells what led to it.")
  boolean why;

  @Option(
      names = "--messages",
      description =
          "Repeats the run up to the first violation, and draws the messages around it:"
              + " messages.svg, and in the page.")
  boolean messages;

  @Option(
      names = "--property",
      paramLabel = "NAME",
      description =
          "The property whose violation --messages draws; the first that has one if absent.")
  @Nullable String property;

  @Option(
      names = "--grafana",
      paramLabel = "FILE",
      description = "Writes a Grafana dashboard too, with a panel for each metric of the run.")
  @Nullable Path dashboard;

  @Override
  public Integer call() {
    RunFolder folder = RunFolder.find(runs, run);
    Path svg = null;
    Path page = file == null ? folder.path().resolve(RunPage.FILE) : file;
    try {
      SeriesFile.Content series = folder.series();
      SpaceTime around = messages ? around(folder, property) : null;
      if (around != null) {
        svg = folder.path().resolve(MessagesSvg.FILE);
        Files.writeString(svg, MessagesSvg.file(around));
      }
      RunPage.write(folder, series, page, why ? WhyCommand.ofAll(folder) : Map.of(), around);
      if (dashboard != null) {
        Files.writeString(dashboard, RunJson.text(dashboard(folder, series)));
      }
    } catch (IOException failed) {
      throw new UsageException(
          "The page (%s) cannot be written. Maybe choose another place with --out?"
              .formatted(page));
    }
    if (output.isText()) {
      if (svg != null) {
        output.screen().out().println(svg);
      }
      output.screen().out().println(page);
      output.screen().out().flush();
    } else {
      ObjectNode json = RunJson.MAPPER.createObjectNode().put("report", page.toString());
      if (svg != null) {
        json.put("messages", svg.toString());
      }
      output.print(json);
    }
    return ExitCode.AS_EXPECTED.code;
  }

  /** The messages around the first violation of a property of a run. */
  private static SpaceTime around(RunFolder folder, @Nullable String property) {
    JsonNode violated = ShrinkCommand.violated(folder, property);
    long nanos = violated.path("firstViolation").decimalValue().movePointRight(9).longValue();
    return SpaceTime.of(
        ReplayCommand.scenario(folder), violated.path("name").asText(), Duration.ofNanos(nanos));
  }

  /** Draws them into the folder and its page; where the picture is. */
  static Path draw(RunFolder folder, String property, boolean page) throws IOException {
    SpaceTime around = around(folder, property);
    Path svg = folder.path().resolve(MessagesSvg.FILE);
    Files.writeString(svg, MessagesSvg.file(around));
    if (page) {
      RunPage.write(folder, folder.series(), folder.path().resolve(RunPage.FILE), Map.of(), around);
    }
    return svg;
  }

  private static ObjectNode dashboard(RunFolder folder, SeriesFile.Content series) {
    List<MetricInfo> kept =
        series.infos().stream()
            .filter(info -> series.store().names().contains(info.name()))
            .toList();
    String title = folder.results().path("title").asText(folder.about().path("scenario").asText());
    return GrafanaDashboard.of(title, kept, folder.results().path("virtualSeconds").asDouble());
  }
}
