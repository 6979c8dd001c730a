package dev.cascade.cli;

import java.io.PrintWriter;

/**
 * Where a command writes: results to one side, progress and errors to the other.
 *
 * @param out results
 * @param err progress and errors
 * @param outIsTerminal whether a person looks at the results
 * @param errIsTerminal whether a person looks at the progress
 */
record Screen(PrintWriter out, PrintWriter err, boolean outIsTerminal, boolean errIsTerminal) {
  /** Of the process; its launcher says which side is a terminal, as Java cannot know. */
  static Screen ofProcess(PrintWriter out, PrintWriter err) {
    return new Screen(out, err, isTerminal("stdout"), isTerminal("stderr"));
  }

  private static boolean isTerminal(String stream) {
    return Boolean.getBoolean("cascade." + stream + ".terminal");
  }
}
