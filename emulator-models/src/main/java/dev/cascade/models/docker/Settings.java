package dev.cascade.models.docker;

import dev.cascade.node.Env;
import dev.cascade.node.WireMessage;
import java.util.function.Consumer;

/** Where a program's settings come from that it reads as it starts. */
@FunctionalInterface
public interface Settings {
  /** It has all that it needs. */
  Settings NONE = (env, then) -> then.accept(true);

  /**
   * Reads them.
   *
   * @param then is told in a turn of the program: {@link Read} comes to it as a message, and it
   *     runs that
   */
  void read(Env<WireMessage> env, Consumer<Boolean> then);

  /** What the program runs when it gets it. */
  record Read(Runnable then) implements WireMessage {}
}
