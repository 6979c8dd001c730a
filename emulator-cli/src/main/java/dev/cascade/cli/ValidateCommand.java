package dev.cascade.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.cascade.run.RunJson;
import dev.cascade.run.Trial;
import dev.cascade.run.UnsupportedScenarioException;
import dev.cascade.scenario.Location;
import dev.cascade.scenario.ModelCatalog;
import dev.cascade.scenario.Overrides;
import dev.cascade.scenario.ScenarioException;
import dev.cascade.scenario.ScenarioFile;
import dev.cascade.scenario.ScenarioProblem;
import dev.cascade.scenario.ScenarioReader;
import dev.cascade.scenario.ScenarioSource;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks scenario files without running them. */
@Command(
    name = "validate",
    description = "Checks scenario files: file:line:column of all that is wrong.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ValidateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "SCENARIO",
      arity = "1..*",
      completionCandidates = ScenarioNames.class,
      description = "Files, or names of scenarios in config/scenarios.")
  List<String> scenarios = new ArrayList<>();

  @Mixin OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    ModelCatalog catalog = Models.catalog();
    List<ScenarioProblem> problems = new ArrayList<>();
    for (String scenario : scenarios) {
      try {
        ScenarioFile file =
            new ScenarioReader(catalog)
                .read(ScenarioSource.file(Home.find(scenario)), Overrides.NONE);
        Trial.of(file.scenario());
        problems.addAll(file.warnings());
      } catch (ScenarioException invalid) {
        problems.addAll(invalid.problems());
      } catch (UsageException | UnsupportedScenarioException invalid) {
        problems.add(
            new ScenarioProblem(
                ScenarioProblem.Severity.ERROR,
                Location.of(scenario),
                String.valueOf(invalid.getMessage())));
      }
    }
    print(problems);
    boolean valid =
        problems.stream().noneMatch(p -> p.severity() == ScenarioProblem.Severity.ERROR);
    return (valid ? ExitCode.AS_EXPECTED : ExitCode.USAGE).code;
  }

  private void print(List<ScenarioProblem> problems) {
    if (!output.isText()) {
      output.print(json(problems));
      return;
    }
    PrintWriter out = output.screen().out();
    problems.forEach(out::println);
    if (problems.isEmpty()) {
      out.println(scenarios.size() == 1 ? "The scenario is valid." : "All scenarios are valid.");
    }
    out.flush();
  }

  private static ArrayNode json(List<ScenarioProblem> problems) {
    ArrayNode json = RunJson.MAPPER.createArrayNode();
    for (ScenarioProblem problem : problems) {
      json.addObject()
          .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
          .put("summary", problem.message())
          .put("file", problem.location().source())
          .put("line", problem.location().line())
          .put("column", problem.location().column());
    }
    return json;
  }
}
