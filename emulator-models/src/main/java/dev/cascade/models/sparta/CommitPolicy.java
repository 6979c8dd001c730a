package dev.cascade.models.sparta;

/** How what a worker has worked out becomes the allocation. */
public enum CommitPolicy {
  /**
   * Whoever commits last is right, at each instance: what was worked out from an older version
   * takes the place of what has been committed meanwhile, and what a peer sends does so too.
   */
  LAST_WRITER_WINS,
  /**
   * The first instance commits for all, and only what was worked out from its latest version; what
   * was not is worked out again. Peers take only newer versions.
   */
  COMPARE_AND_SET,
  /**
   * The first instance has the only worker, which does all services that wait for it at once.
   * Versions begin with an epoch, which grows whenever it starts. Peers take only newer versions.
   */
  SINGLE_WRITER;

  /** Whether only the first instance commits. */
  boolean centralCommit() {
    return this != LAST_WRITER_WINS;
  }

  /** Whether an allocation from a peer takes the place of what an instance holds. */
  boolean accepts(Allocation held, Allocation received) {
    return this == LAST_WRITER_WINS || received.version() > held.version();
  }

  /** Whether a proposal may be committed. */
  boolean commits(Allocation latest, long base) {
    return this != COMPARE_AND_SET || latest.version() == base;
  }

  /** The version of what was worked out from a base. */
  long versionAfter(Allocation latest, long base) {
    return (this == LAST_WRITER_WINS ? base : latest.version()) + 1;
  }
}
