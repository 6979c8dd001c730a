package dev.cascade.models.sparta;

import dev.cascade.node.Address;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import java.util.List;

/** What clients and instances say to each other. Services are numbered as they are registered. */
public final class Wire {
  /** Headers of a request or an answer: a guess. */
  private static final int HEADER_BYTES = 100;

  /** Owner and position of one bucket, 20 B; and 1,000 buckets of each service. */
  private static final int BYTES_PER_SERVICE = 20_000;

  private Wire() {}

  /** What a client asks of an instance. */
  public sealed interface FromClient extends WireRequest {
    /** The client's service. */
    int service();

    /** The client's number for the session; each is greater than those before. */
    long session();
  }

  /**
   * Opens a session.
   *
   * @param client whom changes are sent to
   * @param known the version that the client holds; 0 if it holds nothing
   * @param subscriptions the services whose shares it wants to know of
   */
  public record Open(
      int service,
      long session,
      Address client,
      long known,
      List<Integer> subscriptions,
      ReplyTo replyTo)
      implements FromClient {
    public Open {
      subscriptions = List.copyOf(subscriptions);
    }

    @Override
    public int sizeBytes() {
      return HEADER_BYTES + 4 * subscriptions.size();
    }
  }

  /** Says that the client lives. */
  public record Ping(int service, long session, ReplyTo replyTo) implements FromClient {}

  /**
   * Asks for all of the allocation, as a change did not fit what the client holds.
   *
   * @param known the version that the client holds
   */
  public record Resync(int service, long session, long known, ReplyTo replyTo)
      implements FromClient {}

  /**
   * Ends a session.
   *
   * @param evicted whether the client has left the ring; else it only goes to another instance
   */
  public record Close(int service, long session, boolean evicted, ReplyTo replyTo)
      implements FromClient {}

  /**
   * All of the allocation.
   *
   * @param next the number of the first change that follows
   */
  public record Snapshot(long session, long next, Allocation allocation) implements WireMessage {
    @Override
    public int sizeBytes() {
      return HEADER_BYTES + BYTES_PER_SERVICE * allocation.shares().size();
    }
  }

  /** The session goes on. */
  public record Pong(long session) implements WireMessage {}

  /** There is no such session, or no more. */
  public record NoSession(long session) implements WireMessage {}

  /**
   * Shares that changed, for one session.
   *
   * @param number of the change in the session, as a connection keeps its order
   * @param base the version that the session was told before
   * @param version the version now
   */
  public record Delta(long session, long number, long base, long version, List<Changed> changes)
      implements WireMessage {
    public Delta {
      changes = List.copyOf(changes);
    }

    @Override
    public int sizeBytes() {
      return HEADER_BYTES + BYTES_PER_SERVICE * changes.size();
    }
  }

  /** The share of a service, {@link Share#encoded}. */
  public record Changed(int service, int share) {}

  /** What instances say to each other. */
  sealed interface BetweenInstances extends WireMessage {}

  /**
   * A service has come or gone; for the instance that does the work on this service.
   *
   * @param session which session of it
   */
  record Noticed(int service, long session, Presence presence) implements BetweenInstances {}

  /** What is known of a service's client. */
  enum Presence {
    /** It has a session. */
    CONNECTED,
    /** Its connection has ended, and it may come back. */
    DISCONNECTED,
    /** It has left the ring, or was silent for too long. */
    GONE
  }

  /**
   * What an instance holds now, for its peers.
   *
   * @param from the place of the instance
   * @param connection to this peer, by the time when it was made
   * @param number in this connection, from 0
   * @param subjects the services that were worked on
   */
  record Replicate(
      int from, long connection, long number, Allocation allocation, List<Integer> subjects)
      implements BetweenInstances {
    Replicate {
      subjects = List.copyOf(subjects);
    }

    @Override
    public int sizeBytes() {
      return HEADER_BYTES + BYTES_PER_SERVICE;
    }
  }

  /** An instance has started, and holds nothing. */
  record Started(int instance) implements BetweenInstances {}

  /**
   * Asks the first instance to commit.
   *
   * @param base what the share was worked out from
   */
  record Propose(long base, List<Changed> changes, ReplyTo replyTo) implements WireRequest {
    Propose {
      changes = List.copyOf(changes);
    }
  }

  /**
   * What became of a proposal.
   *
   * @param committed false if the base was not the latest
   * @param allocation the latest
   */
  record Decided(boolean committed, Allocation allocation) implements WireMessage {
    @Override
    public int sizeBytes() {
      return HEADER_BYTES + BYTES_PER_SERVICE;
    }
  }
}
