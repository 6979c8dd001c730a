package dev.cascade.engine;

import dev.cascade.node.ReplyTo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A host's open connections: those it opened, and those its processes owe an answer. */
final class Connections {
  /**
   * Connections that a process may have open as a client, and as many as a server: the file
   * descriptors that systemd lets a process have at most (DefaultLimitNOFILE, hard). It bounds the
   * requests that wait for an outcome, and those that are never answered.
   */
  static final int MAX = 524_288;

  /** Why what would be one more falls. */
  static final String TOO_MANY = "too-many-connections";

  private final Map<Long, OpenRequest> opened =
      new HashMap<>(0); // walked only where order is nothing
  private final Map<ProcessQueue, Map<ReplyTo, Bill>> accepted = new LinkedHashMap<>(0);
  private final Map<ProcessQueue, Set<ReplyTo>> broken = new LinkedHashMap<>(0);
  private long next;

  /** Goes on counting where an earlier life of the host stopped: an old answer finds nobody. */
  void succeed(Connections before) {
    next = before.next;
  }

  long nextNumber() {
    return next++;
  }

  void open(long number, OpenRequest request) {
    opened.put(number, request);
  }

  /** The request of a connection, if it is still open. */
  @Nullable OpenRequest find(long number) {
    return opened.get(number);
  }

  void close(long number) {
    opened.remove(number);
  }

  /** A client is gone, and its sockets with it: nothing is sent again, no outcome is due. */
  void forget(ProcessQueue client) {
    opened
        .values()
        .removeIf(
            request -> {
              boolean owned = request.client() == client;
              if (owned) {
                request.abandon();
              }
              return owned;
            });
  }

  /** An actor took up a connection, and its process owes it an answer: itself or another of it. */
  void accept(ProcessQueue taker, ReplyTo connection, @Nullable Bill bill) {
    Bill open = Objects.requireNonNull(bill, "a request always has a bill");
    open.taker = taker;
    open.connection = connection;
    Bill before =
        accepted.computeIfAbsent(taker.top(), top -> new LinkedHashMap<>()).put(connection, open);
    if (before != null && before != open) {
      open.absorb(before);
    }
  }

  /** What was done so far for a request that a process has; null if it has none such. */
  @Nullable Bill bill(ProcessQueue actor, ReplyTo connection) {
    Map<ReplyTo, Bill> open = accepted.get(actor.top());
    return open == null ? null : open.get(connection);
  }

  /** Whether a process owes as many answers as it can. */
  boolean isFull(ProcessQueue taker) {
    Map<ReplyTo, Bill> open = accepted.get(taker.top());
    return open != null && open.size() >= MAX;
  }

  /** The connections that a process owes an answer, in the order it took them up. */
  Set<ReplyTo> accepted(ProcessQueue top) {
    return accepted.getOrDefault(top, new LinkedHashMap<>(0)).keySet();
  }

  /** Adds how many answers each process owes, by its place. */
  void countAccepted(Map<String, Long> counts) {
    accepted.forEach((top, open) -> counts.merge(top.place(), (long) open.size(), Long::sum));
  }

  /** What a process finds when it wants to be done with a connection. */
  enum Found {
    OPEN,
    /** It was reset when the child died that had taken it up: nobody listens any more. */
    BROKEN,
    /** The process has no such connection. */
    NONE
  }

  /** A process is done with a connection. */
  Found release(ProcessQueue actor, ReplyTo connection) {
    Map<ReplyTo, Bill> open = accepted.get(actor.top());
    if (open != null && open.remove(connection) != null) {
      return Found.OPEN;
    }
    Set<ReplyTo> lost = broken.get(actor.top());
    return lost != null && lost.remove(connection) ? Found.BROKEN : Found.NONE;
  }

  /**
   * A process is gone: the connections that it owed an answer, in the order it took them up.
   *
   * @param lost takes what was done for them
   */
  List<ReplyTo> abandon(ProcessQueue top, Consumer<Bill> lost) {
    broken.remove(top);
    Map<ReplyTo, Bill> open = accepted.remove(top);
    if (open == null) {
      return List.of();
    }
    open.values().forEach(lost);
    return new ArrayList<>(open.keySet());
  }

  /** A child was killed: those that it had taken up. Others of its process may not know yet. */
  List<ReplyTo> abandonChild(ProcessQueue child, Consumer<Bill> lost) {
    List<ReplyTo> abandoned = new ArrayList<>();
    accepted
        .getOrDefault(child.top(), new LinkedHashMap<>())
        .forEach(
            (connection, bill) -> {
              if (bill.taker == child) {
                abandoned.add(connection);
                lost.accept(bill);
              }
            });
    for (ReplyTo connection : abandoned) {
      release(child, connection);
      broken.computeIfAbsent(child.top(), top -> new LinkedHashSet<>()).add(connection);
    }
    return abandoned;
  }
}
