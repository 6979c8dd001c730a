package dev.cascade.cli;

import dev.cascade.run.Pace;
import dev.cascade.run.RunOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run may take of the machine. */
final class EachRun {
  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      description = "Gives a run up after so much time on the wall clock.")
  private @Nullable String timeLimit;

  @Option(
      names = "--shards",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "Threads that share the hosts of a run; the result is the same. Worlds of fewer than"
              + " some thousand hosts get slower with more than 1 (default); of many runs, more at"
              + " once use the cores better.")
  private int shards = 1;

  int shards() {
    return shards;
  }

  /** To the end, unless the time limit is met. */
  RunOptions options(Pace pace, boolean checked, boolean failFast) {
    try {
      return new RunOptions(shards, checked, pace, TypedTime.orNull(timeLimit), failFast);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()));
    }
  }
}
