package dev.cascade.cli;

import dev.cascade.engine.RunFailure;
import dev.cascade.random.DurationText;
import dev.cascade.run.RunResult;
import java.io.PrintWriter;
import java.time.Duration;

/** What ended a run that should not have ended: one block with all that a developer needs. */
final class FailureReport {
  private FailureReport() {}

  static void print(
      RunResult result, RunFailure failure, String command, boolean verbose, PrintWriter err) {
    err.println("cascade: the run failed (" + kind(failure) + ").");
    err.println("  what      " + failure.message());
    err.println("  scenario  " + result.scenario().metadata().name());
    err.println("  seed      " + result.scenario().timing().seed());
    err.println("  time      " + DurationText.format(Duration.ofNanos(failure.timeNanos())));
    err.println("  actor     " + failure.actor());
    if (!failure.lastEvents().isEmpty()) {
      err.println("  before that it handled");
      failure.lastEvents().forEach(line -> err.println("    " + line));
    }
    Throwable cause = failure.cause();
    if (cause != null && verbose) {
      cause.printStackTrace(err);
    } else if (cause != null) {
      err.println("  stack trace: repeat it with -v");
    }
    err.println("  repeat    " + command);
    err.flush();
  }

  private static String kind(RunFailure failure) {
    return switch (failure.kind()) {
      case MODEL -> "an exception that nobody supervises";
      case CONTACT -> "hosts met past the network";
      case LIVELOCK -> "too many turns in one instant";
      case FOREIGN_THREAD -> "a foreign thread";
      case STUCK -> "a turn does not end";
      case CONSERVATION -> "the accounts of messages do not balance";
      case INTERNAL -> "a defect of the engine";
    };
  }
}
