package dev.cascade.node;

import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An operator's hands while an {@link Action} is performed.
 *
 * @param <C> the model's configuration
 */
public interface Operation<C> {
  /** The entry that is acted upon. */
  String entry();

  /** Its configuration. */
  C config();

  /**
   * Its hosts that are there now and that the step's target selects, in the order of their names.
   */
  List<HostInfo> hosts();

  /** A stream of random numbers for this step, the same in every shard. */
  RandomStream random();

  /** Adds a host of one of the entry's templates after a delay. */
  void launch(
      String template, String name, String zone, Duration delay, Map<String, String> arguments);

  /** Takes a host away for good after a delay. */
  void terminate(String name, Duration delay);

  /**
   * Hands a command to a process after a delay, as from a console on its own host: it takes the
   * loopback, and it may find the process dead or its mailbox full.
   */
  void command(Address process, WireMessage command, Duration delay);
}
