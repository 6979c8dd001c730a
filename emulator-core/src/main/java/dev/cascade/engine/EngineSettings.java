package dev.cascade.engine;

import dev.cascade.network.NetworkPlan;
import dev.cascade.schedule.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * How to run an emulation.
 *
 * @param seed from which every random number is derived
 * @param shards threads that share the hosts; the result does not depend on it
 * @param network what lies between the hosts
 * @param checked whether every message across hosts passes through its serialized form, whose bytes
 *     then have a chain of their own, {@link Engine#wireHistories}
 * @param clock what time follows
 * @param schedule who chooses where a real system might have done otherwise; as the seed draws it,
 *     and nobody looks at it, if null
 */
public record EngineSettings(
    long seed,
    int shards,
    NetworkPlan network,
    boolean checked,
    Clock clock,
    @Nullable Schedule schedule) {
  /** What time follows. */
  public enum Clock {
    /** Time jumps from event to event; the history is a function of scenario and seed. */
    VIRTUAL,
    /** The wall clock; the order of what is concurrent is what the machine makes of it. */
    REAL
  }

  public EngineSettings {
    if (shards < 1) {
      throw new IllegalArgumentException("There must be at least one shard, not " + shards + ".");
    }
    if (schedule != null && shards > 1) {
      throw new IllegalArgumentException(
          "A schedule (%s) is for one shard, not %d: it chooses among all that is under way."
              .formatted(schedule, shards));
    }
  }

  /** In virtual time. */
  public EngineSettings(long seed, int shards, NetworkPlan network, boolean checked) {
    this(seed, shards, network, checked, Clock.VIRTUAL, null);
  }

  /** The same by the wall clock. */
  public EngineSettings realTime() {
    return new EngineSettings(seed, shards, network, checked, Clock.REAL, null);
  }

  /** The same with somebody who chooses. */
  public EngineSettings schedule(@Nullable Schedule newSchedule) {
    return new EngineSettings(seed, shards, network, checked, clock, newSchedule);
  }
}
