package dev.cascade.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * Where the runs are that a command looks at. They were kept there with {@code --out}, which is
 * understood here too.
 */
final class KeptRunsOption {
  @Option(
      names = {"--runs", "--out"},
      defaultValue = "runs",
      paramLabel = "DIR",
      description = "Where runs are kept: ${DEFAULT-VALUE}.")
  private Path runs = Path.of("runs");

  Path folder() {
    if (runs.toString().isBlank()) {
      throw new UsageException("The folder (--runs) must have a name. Maybe --runs runs");
    }
    return runs;
  }
}
