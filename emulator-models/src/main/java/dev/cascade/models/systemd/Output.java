package dev.cascade.models.systemd;

/** Where a process's standard output goes, and what becomes of the process if that is gone. */
final class Output {
  /**
   * Writes into a broken pipe after which the runtime of Go before 1.6 raises SIGPIPE
   * (os.epipecheck: "if e == EPIPE … if atomic.AddInt32(&file.nepipe, 1) >= 10 sigpipe()").
   */
  static final int GO_TOLERATES = 10;

  private final Journal.Connection connection;
  private final UnitFile.Language language;
  private int brokenWrites;

  Output(Journal.Connection connection, UnitFile.Language language) {
    this.connection = connection;
    this.language = language;
  }

  /** What becomes of a line. */
  enum Fate {
    WRITTEN,
    LOST,
    /** It is lost, and the process with it. */
    KILLS
  }

  Fate write() {
    if (!connection.isBroken()) {
      return Fate.WRITTEN;
    }
    brokenWrites++;
    boolean kills = language == UnitFile.Language.GO_BEFORE_1_6 && brokenWrites >= GO_TOLERATES;
    return kills ? Fate.KILLS : Fate.LOST;
  }

  int brokenWrites() {
    return brokenWrites;
  }
}
