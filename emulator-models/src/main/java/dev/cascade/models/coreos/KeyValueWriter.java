package dev.cascade.models.coreos;

import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.WireMessage;
import java.util.function.Function;

/** How a person at a console writes a key of the key-value store. */
@FunctionalInterface
interface KeyValueWriter {
  /** Writes it; exactly one message comes to the console when that is over. */
  void put(
      Env<WireMessage> env,
      String key,
      String value,
      Function<Outcome, ? extends WireMessage> whenDone);
}
