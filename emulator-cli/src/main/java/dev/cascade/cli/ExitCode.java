package dev.cascade.cli;

import dev.cascade.run.Ending;
import dev.cascade.run.RunResult;
import java.util.Comparator;
import java.util.List;

/** How a command ended, as the shell sees it. */
enum ExitCode {
  /** All was as expected. */
  AS_EXPECTED(0),
  /** It could not be judged. */
  INCONCLUSIVE(3),
  /** A property deviated from what was expected. */
  DEVIATED(1),
  /** The time limit ended it. */
  TIME_LIMIT(4),
  /** Ctrl-C ended it: 128 and the number of SIGINT. */
  INTERRUPTED(130),
  /** A wrong option, or a scenario that cannot be run. */
  USAGE(2),
  /** A defect of a model or of Cascade: BSD's EX_SOFTWARE. */
  INTERNAL(70);

  final int code;

  ExitCode(int code) {
    this.code = code;
  }

  static ExitCode of(RunResult result) {
    Ending ending = result.end().ending();
    return switch (ending) {
      case FAILED -> INTERNAL;
      case STOPPED -> INTERRUPTED;
      case TIME_LIMIT -> TIME_LIMIT;
      default ->
          switch (result.verdict()) {
            case PASS -> AS_EXPECTED;
            case FAIL -> DEVIATED;
            case INCONCLUSIVE -> INCONCLUSIVE;
          };
    };
  }

  /** Of several runs the gravest counts. */
  static ExitCode gravest(List<RunResult> results) {
    return results.stream().map(ExitCode::of).max(Comparator.naturalOrder()).orElse(AS_EXPECTED);
  }
}
