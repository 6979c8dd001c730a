package dev.cascade.cli;

import dev.cascade.scenario.ScenarioSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the JSON Schema of scenarios, with the user's models in it. */
@Command(
    name = "schema",
    description = "Prints the JSON Schema of scenario files, for editors.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Editors that use yaml-language-server (VS Code, Neovim, Emacs, IntelliJ by its",
      "own settings) complete, explain and check a scenario whose first line names it:",
      "",
      "  ./cascade schema > scenario.schema.json",
      "  # yaml-language-server: $$schema=scenario.schema.json"
    })
final class SchemaCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(ScenarioSchema.of(Models.catalog()));
    spec.commandLine().getOut().flush();
    return ExitCode.AS_EXPECTED.code;
  }
}
