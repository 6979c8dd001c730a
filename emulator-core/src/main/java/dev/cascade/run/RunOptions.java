package dev.cascade.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a scenario is run. What happens in the run does not depend on it, but where it ends may.
 *
 * @param shards threads that share the hosts
 * @param checked whether every message across hosts passes through its serialized form
 * @param pace how fast virtual time may pass
 * @param timeLimit after so much time on the wall clock the run is given up; never if null
 * @param failFast whether the run ends with the first property that deviates from what was expected
 */
public record RunOptions(
    int shards, boolean checked, Pace pace, @Nullable Duration timeLimit, boolean failFast) {
  /** One shard, as fast as it goes, to the end. */
  public static final RunOptions DEFAULT = new RunOptions(1, false, Pace.MAX, null, false);

  public RunOptions {
    if (shards < 1) {
      throw new IllegalArgumentException("There must be at least one shard, not " + shards + ".");
    }
    if (timeLimit != null && (timeLimit.isNegative() || timeLimit.isZero())) {
      throw new IllegalArgumentException("The time limit (" + timeLimit + ") must be positive.");
    }
  }

  /** The same with another number of shards. */
  public RunOptions shards(int newShards) {
    return new RunOptions(newShards, checked, pace, timeLimit, failFast);
  }

  /** The same with every message across hosts passing through its serialized form, or not. */
  public RunOptions checked(boolean newChecked) {
    return new RunOptions(shards, newChecked, pace, timeLimit, failFast);
  }

  /** The same at another pace. */
  public RunOptions pace(Pace newPace) {
    return new RunOptions(shards, checked, newPace, timeLimit, failFast);
  }

  /** The same with another limit on the wall clock. */
  public RunOptions timeLimit(@Nullable Duration newTimeLimit) {
    return new RunOptions(shards, checked, pace, newTimeLimit, failFast);
  }

  /** The same, ending with the first deviation, or not. */
  public RunOptions failFast(boolean newFailFast) {
    return new RunOptions(shards, checked, pace, timeLimit, newFailFast);
  }
}
