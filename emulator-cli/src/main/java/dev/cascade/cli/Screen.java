package dev.cascade.cli;

import java.io.PrintWriter;

/**
 * Where a command writes: results to one side, progress and errors to the other.
 *
 * @param out results
 * @param err progress and errors
 * @param outIsTerminal whether a person looks at the results
 * @param errIsTerminal whether a person looks at the progress
 * @param errColumns how wide that terminal is
 */
record Screen(
    PrintWriter out,
    PrintWriter err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    int errColumns) {
  /** As wide as any terminal was for decades. */
  private static final int USUAL_COLUMNS = 80;

  /** Of the process; its launcher says which side is a terminal, as Java cannot know. */
  static Screen ofProcess(PrintWriter out, PrintWriter err) {
    return new Screen(out, err, isTerminal("stdout"), isTerminal("stderr"), columns());
  }

  private static int columns() {
    return Math.max(20, Integer.getInteger("cascade.stderr.columns", USUAL_COLUMNS));
  }

  private static boolean isTerminal(String stream) {
    return Boolean.getBoolean("cascade." + stream + ".terminal");
  }
}
