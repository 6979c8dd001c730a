package dev.cascade.models.raft;

import dev.cascade.node.WireMessage;
import java.util.List;

/** What members say to each other; each names its sender by its number among the members. */
public sealed interface RaftMessage extends WireMessage {
  /** A frame with the headers of an RPC, without what it carries: a guess. */
  int HEADER_BYTES = 100;

  /** The sender's number, 0 for the first member. */
  int from();

  /**
   * Who is there? Said until somebody leads, by a member without a configuration.
   *
   * @param configured whether the sender knows who the members are, from its own disk
   * @param isAnswer whether it was asked
   */
  record Hello(int from, boolean configured, boolean isAnswer) implements RaftMessage {}

  /** Vote for me. */
  record RequestVote(int from, long term, long lastIndex, long lastTerm) implements RaftMessage {}

  /** I do, or I do not. */
  record Vote(int from, long term, boolean granted) implements RaftMessage {}

  /**
   * These follow the entry before; without entries a heartbeat.
   *
   * @param commit index up to which all is committed
   */
  record Append(
      int from, long term, long prevIndex, long prevTerm, List<LogEntry> entries, long commit)
      implements RaftMessage {
    public Append {
      entries = List.copyOf(entries);
    }

    @Override
    public int sizeBytes() {
      int bytes = HEADER_BYTES;
      for (LogEntry entry : entries) {
        bytes += HEADER_BYTES + entry.command().length();
      }
      return bytes;
    }
  }

  /**
   * What became of an {@link Append} or {@link Install}.
   *
   * @param matches whether the entry before was there, and the rest is now
   * @param last the last entry that agrees; if nothing matched, where it may be worth another try
   */
  record Appended(int from, long term, boolean matches, long last) implements RaftMessage {}

  /**
   * The state up to an entry, for one that lags behind what the log still has.
   *
   * @param state as the state machine wrote it
   */
  record Install(int from, long term, long index, long indexTerm, String state)
      implements RaftMessage {
    @Override
    public int sizeBytes() {
      return HEADER_BYTES + state.length();
    }
  }
}
