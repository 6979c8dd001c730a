package dev.cascade.cli;

import dev.cascade.run.Shell;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.ScenarioFile;
import dev.cascade.scenario.ScenarioProblem;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which scenario, and what is changed about it. */
final class ScenarioOptions {
  @Parameters(
      paramLabel = "SCENARIO",
      completionCandidates = ScenarioNames.class,
      description = "A file, or the name of a scenario in config/scenarios.")
  String scenario = "";

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Replaces a value: configuration.rate=200/s, topology.edge.replicas=3.")
  List<String> settings = new ArrayList<>();

  @Option(
      names = "--values",
      paramLabel = "FILE",
      description = "Merges a file of values into the scenario's spec.")
  List<Path> values = new ArrayList<>();

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "How long the run lasts in emulated time: 6m.")
  @Nullable String duration;

  /** The file with the user's changes, checked. */
  ScenarioFile read(OutputOptions output) {
    return read(output, List.of());
  }

  /** The file with the user's changes and some more. */
  ScenarioFile read(OutputOptions output, List<String> moreSettings) {
    ScenarioFile file = read(moreSettings);
    if (output.verbose) {
      for (ScenarioProblem warning : file.warnings()) {
        output.screen().err().println(warning);
      }
    }
    return file;
  }

  /** The same, without a word of what is odd about it. */
  ScenarioFile read(List<String> moreSettings) {
    List<String> all = new ArrayList<>(settings);
    if (duration != null) {
      all.add("duration=" + duration);
    }
    all.addAll(moreSettings);
    List<ScenarioSource> sources = values.stream().map(ScenarioSource::file).toList();
    return new ScenarioReader(Models.catalog())
        .read(ScenarioSource.file(Home.find(scenario)), new Overrides(sources, all));
  }

  /** The same scenario with other settings than were typed. */
  ScenarioOptions with(List<String> otherSettings) {
    ScenarioOptions other = new ScenarioOptions();
    other.scenario = scenario;
    other.settings = List.copyOf(otherSettings);
    other.values = values;
    other.duration = duration;
    return other;
  }

  /** The options as they were typed, for the command that repeats a run. */
  String typed() {
    StringBuilder text = new StringBuilder(Shell.quoted(scenario));
    settings.forEach(setting -> text.append(" --set ").append(Shell.quoted(setting)));
    values.forEach(file -> text.append(" --values ").append(Shell.quoted(file.toString())));
    if (duration != null) {
      text.append(" --duration ").append(Shell.quoted(duration));
    }
    return text.toString();
  }
}
