package dev.cascade.models.systemd;

import dev.cascade.node.WireMessage;

/** What systemd and the processes that it knows say to each other. */
sealed interface Wire extends WireMessage {
  /**
   * SIGCHLD: a process has ended.
   *
   * @param life which of those that had that name
   */
  record Ended(String process, long life, Exit exit) implements Wire {}

  /** A connection waits at the socket of a unit. */
  record Activate(String unit) implements Wire {}

  /**
   * A unit that a socket waits for runs, or will not.
   *
   * @param runs false if it was not started, as it has failed
   */
  record Activated(boolean runs) implements Wire {}
}
