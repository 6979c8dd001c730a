package dev.cascade.models.raft;

import dev.cascade.random.DurationText;
import java.time.Duration;

/**
 * The clocks of a member. Waits for a leader and for votes are drawn anew each time, from one to
 * two times what stands here (paper, §5.2).
 *
 * @param heartbeatMin shortest time between two heartbeats to a member
 * @param heartbeatMax longest
 * @param followerTimeout silence of the leader after which a follower stands for election, at least
 * @param electionTimeout a candidate waits so long for votes, at least
 * @param lease a leader that heard nothing of a majority for so long steps down
 * @param commitDelay after which others learn at the latest what was committed
 * @param batch entries in one message
 * @param snapshotEntries entries after which the state is written and the log cut
 */
public record RaftTiming(
    Duration heartbeatMin,
    Duration heartbeatMax,
    Duration followerTimeout,
    Duration electionTimeout,
    Duration lease,
    Duration commitDelay,
    int batch,
    long snapshotEntries) {

  public RaftTiming {
    if (heartbeatMin.isZero()
        || heartbeatMin.isNegative()
        || heartbeatMax.compareTo(heartbeatMin) < 0
        || followerTimeout.compareTo(heartbeatMax) <= 0) {
      throw new IllegalArgumentException(
          "The heartbeats (every "
              + DurationText.format(heartbeatMin)
              + " to "
              + DurationText.format(heartbeatMax)
              + ") must come more often than the followerTimeout ("
              + DurationText.format(followerTimeout)
              + "). Maybe a longer time-out?");
    }
    if (lease.compareTo(heartbeatMax) <= 0 || lease.compareTo(followerTimeout) > 0) {
      // A longer lease would let an old leader serve beside a new one.
      throw new IllegalArgumentException(
          "The lease ("
              + DurationText.format(lease)
              + ") must be longer than heartbeats are apart ("
              + DurationText.format(heartbeatMax)
              + ") and no longer than the followerTimeout ("
              + DurationText.format(followerTimeout)
              + ").");
    }
    if (electionTimeout.isZero() || electionTimeout.isNegative() || commitDelay.isNegative()) {
      throw new IllegalArgumentException(
          "The electionTimeout ("
              + DurationText.format(electionTimeout)
              + ") must be longer than zero, the commitDelay ("
              + DurationText.format(commitDelay)
              + ") at least zero.");
    }
    if (batch < 1 || snapshotEntries < 1) {
      throw new IllegalArgumentException(
          "The batch ("
              + batch
              + ") and snapshotEntries ("
              + snapshotEntries
              + ") are at least 1.");
    }
  }
}
