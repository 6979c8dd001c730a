package dev.cascade.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where runs are kept. */
final class RunsOption {
  @Option(
      names = "--out",
      defaultValue = "runs",
      paramLabel = "DIR",
      description = "Where runs are kept: ${DEFAULT-VALUE}.")
  private Path out = Path.of("runs");

  Path folder() {
    if (out.toString().isBlank()) {
      throw new UsageException("The folder (--out) must have a name. Maybe --out runs");
    }
    return out;
  }
}
