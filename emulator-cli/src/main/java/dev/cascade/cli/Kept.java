package dev.cascade.cli;

import dev.cascade.cli.report.RunPage;
import dev.cascade.cli.report.TraceFile;
import dev.cascade.metrics.SeriesFile;
import dev.cascade.run.RunFolder;
import dev.cascade.run.RunFolderException;
import dev.cascade.run.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A run and where it is kept.
 *
 * @param result what it showed
 * @param folder where it is; null if it could not be written
 * @param problem why not
 */
record Kept(RunResult result, @Nullable String folder, @Nullable RunFolderException problem) {
  /** What page a run gets. */
  enum Page {
    NONE,
    PLAIN,
    /** With what led to each violation, for which the run is repeated. */
    EXPLAINED
  }

  /** Writes a run that is over. What it showed is worth telling even if the disk is full. */
  static Kept of(RunFolder.Begun begun, RunResult result, String command, Page page) {
    try {
      RunResult.Recording seen = result.recording();
      SeriesFile.Content series = new SeriesFile.Content(seen.series(), seen.metrics());
      RunFolder.More more =
          folder -> {
            TraceFile.write(folder, seen.requests());
            if (page != Page.NONE) {
              Map<String, List<String>> whys =
                  page == Page.EXPLAINED ? WhyCommand.ofAll(folder) : Map.of();
              RunPage.write(folder, series, folder.path().resolve(RunPage.FILE), whys);
            }
          };
      RunFolder folder = begun.finish(result, command, more);
      return new Kept(result, folder.path().toString(), null);
    } catch (RunFolderException full) {
      return new Kept(result, null, full);
    }
  }

  /** Where its page is; null if there is none. */
  @Nullable String report() {
    Path page = folder == null ? null : Path.of(folder, RunPage.FILE);
    return page != null && Files.exists(page) ? page.toString() : null;
  }

  /** Tells the first problem, once all results are told. */
  static void complain(List<Kept> runs) {
    for (Kept kept : runs) {
      if (kept.problem != null) {
        throw kept.problem;
      }
    }
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
