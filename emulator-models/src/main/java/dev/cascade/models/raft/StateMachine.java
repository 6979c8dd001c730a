package dev.cascade.models.raft;

import dev.cascade.node.WireMessage;

/** What members hold in common: the same commands in the same order make the same state. */
public interface StateMachine {
  /**
   * Carries a committed command out.
   *
   * @param index of its entry
   * @return the answer for whoever asked for it, on the member that was asked
   */
  WireMessage apply(long index, String command);

  /** The whole state as a text. */
  String snapshot();

  /** Becomes what {@link #snapshot} once said. */
  void restore(String state);
}
