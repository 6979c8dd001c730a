package dev.cascade.models.provider;

import dev.cascade.node.Address;
import dev.cascade.node.WireMessage;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a provider answers. */
public sealed interface ProviderReply extends WireMessage {
  /** Where all virtual addresses lead, by name. */
  record Routes(SortedMap<String, Address> routes) implements ProviderReply {
    public Routes {
      routes = Collections.unmodifiableSortedMap(new TreeMap<>(routes));
    }
  }

  /** It leads there now. */
  record Moved() implements ProviderReply {}

  /**
   * It was not moved.
   *
   * @param status as in HTTP: 404 no such address, 409 it is being moved, 429 too many moves, 503
   *     try again
   */
  record NotMoved(int status) implements ProviderReply {}
}
