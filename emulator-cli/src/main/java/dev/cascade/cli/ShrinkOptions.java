package dev.cascade.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much is tried to make a run smaller. */
final class ShrinkOptions {
  @Option(
      names = "--shrink-runs",
      defaultValue = "500",
      paramLabel = "N",
      description = "Shrinking ends after so many runs. Default: ${DEFAULT-VALUE}.")
  int runs = 500;

  @Option(
      names = "--shrink-attempts",
      defaultValue = "8",
      paramLabel = "N",
      description =
          "Seeds with which a smaller scenario is tried until it fails. Default: ${DEFAULT-VALUE}.")
  int attempts = 8;

  @Option(
      names = "--shrink-time",
      paramLabel = "TIME",
      description = "Shrinking ends after so much time on the wall clock: 10m.")
  @Nullable String time;

  Shrinking.Budget budget() {
    if (runs < 1 || attempts < 1) {
      throw new UsageException(
          "The --shrink-runs (%d) and --shrink-attempts (%d) must be at least 1."
              .formatted(runs, attempts));
    }
    return new Shrinking.Budget(runs, attempts, TypedTime.orNever(time).toNanos());
  }
}
