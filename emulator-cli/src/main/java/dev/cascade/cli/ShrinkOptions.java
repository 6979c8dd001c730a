package dev.cascade.cli;

import dev.cascade.random.DurationText;
import java.time.Duration;
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
    String limit = time;
    try {
      Duration most = limit == null ? Duration.ofDays(3650) : DurationText.parse(limit);
      return new Shrinking.Budget(runs, attempts, most.toNanos());
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()));
    }
  }
}
