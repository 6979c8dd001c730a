package dev.cascade.models.machine;

import dev.cascade.node.Env;
import dev.cascade.node.WireMessage;
import org.apache.pekko.actor.typed.Behavior;

/** What systemd runs as a unit's main process, or docker as a container's. */
@FunctionalInterface
public interface Program {
  /**
   * Its main function, called at each start; what it must not forget is in {@link Exec#storage}.
   *
   * @param env of its process
   * @param exec what the one who started it does for it
   */
  Behavior<WireMessage> main(Env<WireMessage> env, Exec exec);

  /**
   * Whether it handles {@link Terminate} and then exits by itself. One that does not is ended by
   * SIGTERM at once.
   */
  default boolean catchesTerm() {
    return false;
  }
}
