package dev.cascade.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Repeats a run and stops at the first event that differs. */
@Command(
    name = "replay",
    description = "Repeats a run and stops at the first event that differs.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReplayCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RUN",
      description = "A run's folder, or a scenario's name for its latest.")
  String run = "";

  @Mixin OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    return ExitCode.AS_EXPECTED.code;
  }
}
