package dev.cascade.models.systemd;

/** After which ends a unit is started again: systemd's Restart=. */
public enum Restart {
  /** After none. */
  NO,
  /** After one that is not clean; SIGPIPE is clean. */
  ON_FAILURE,
  /** After any that nobody asked for. */
  ALWAYS;

  /** Whether it is started again. */
  boolean after(Exit exit) {
    return this == ALWAYS || (this == ON_FAILURE && !exit.isClean());
  }
}
