package dev.cascade.engine;

import dev.cascade.node.ReplyTo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A host's open connections: those it opened, and those its processes owe an answer. */
final class Connections {
  private final Map<Long, OpenRequest> opened =
      new HashMap<>(0); // walked only where order is nothing
  private final Map<ProcessQueue, Set<ReplyTo>> accepted = new LinkedHashMap<>(0);
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
                request.cancel();
              }
              return owned;
            });
  }

  /** A process took up a connection, and owes it an answer. */
  void accept(ProcessQueue top, ReplyTo connection) {
    accepted.computeIfAbsent(top, process -> new LinkedHashSet<>()).add(connection);
  }

  /** A process is done with a connection; false if it did not have it. */
  boolean release(ProcessQueue top, ReplyTo connection) {
    Set<ReplyTo> open = accepted.get(top);
    return open != null && open.remove(connection);
  }

  /** A process is gone: the connections that it owed an answer, in the order it took them up. */
  List<ReplyTo> abandon(ProcessQueue top) {
    Set<ReplyTo> open = accepted.remove(top);
    return open == null ? List.of() : new ArrayList<>(open);
  }
}
