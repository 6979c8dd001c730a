package dev.cascade.models.sparta;

import org.jspecify.annotations.Nullable;

/**
 * The components of an instance that can be replaced while it runs.
 *
 * @param commit how workers commit
 * @param recovery what handlers do when a client knows of a newer version
 * @param deploys how often something was replaced
 */
record Build(CommitPolicy commit, Recovery recovery, int deploys) {
  /** The same with others in the place of those that are given. */
  Build with(@Nullable CommitPolicy newCommit, @Nullable Recovery newRecovery) {
    return new Build(
        newCommit == null ? commit : newCommit,
        newRecovery == null ? recovery : newRecovery,
        deploys + 1);
  }
}
