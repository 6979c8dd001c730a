package dev.cascade.models.machine;

/** What the one who started a program does for it. */
public interface Exec {
  /** Texts of the program; whoever started it has decided how long they live. */
  Storage storage();

  /**
   * Writes a line to standard output. That is somebody's pipe, and it may be broken: then the line
   * is lost, and some programs are killed by it, with SIGPIPE, in this turn.
   */
  void log(String line);

  /** Ends the program in this turn, and tells the one who started it; 0 is a success. */
  void exit(int code);
}
