package dev.cascade.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Calls commands for tests of other packages. */
public final class CommandLineForTests {
  private CommandLineForTests() {}

  /** What a command printed as its result. */
  public static String call(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CascadeMain.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return out.toString();
  }
}
