package dev.cascade.cli;

import dev.cascade.run.RunFolder;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The finished run that a command looks at. */
final class KeptRun {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "A run's folder, or a scenario's name for its latest.")
  private String name = "";

  @Mixin private KeptRunsOption runs = new KeptRunsOption();

  /**
   * Its folder.
   *
   * @throws dev.cascade.run.RunFolderException if there is none
   */
  RunFolder folder() {
    return RunFolder.find(runs.folder(), name);
  }
}
