package dev.cascade.cli;

import dev.cascade.run.RunFolder;
import dev.cascade.run.RunResult;
import dev.cascade.scenario.Scenario;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * A run and where it is kept.
 *
 * @param result what it showed
 * @param folder where it is
 */
record Kept(RunResult result, String folder) {
  static RunFolder.Begun begin(Path runs, Scenario scenario) {
    return RunFolder.begin(runs, scenario, Instant.now());
  }

  /** Does it; if it cannot be done, nothing is left behind. */
  static <T> T orDiscard(RunFolder.Begun begun, Supplier<T> deed) {
    boolean done = false;
    try {
      T result = deed.get();
      done = true;
      return result;
    } finally {
      if (!done) {
        begun.discard();
      }
    }
  }
}
