package dev.cascade.models.systemd;

/**
 * How a process ended.
 *
 * @param code its exit status; 128 and the number of the signal if a signal ended it, as shells say
 */
public record Exit(int code) {
  /** It was done. */
  public static final Exit SUCCESS = new Exit(0);

  /** SIGPIPE: it wrote into a broken pipe, and does not handle that. */
  public static final Exit PIPE = new Exit(128 + 13);

  /** SIGTERM: it was asked to end. */
  public static final Exit TERM = new Exit(128 + 15);

  /** SIGKILL: it was ended. */
  public static final Exit KILL = new Exit(128 + 9);

  /**
   * Whether systemd takes it for an orderly end: success, or one of the signals HUP, INT, TERM and
   * PIPE (systemd.service(5), SuccessExitStatus=).
   */
  public boolean isClean() {
    return code == 0 || code == 128 + 1 || code == 128 + 2 || equals(PIPE) || equals(TERM);
  }
}
