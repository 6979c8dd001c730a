package dev.cascade.engine;

import dev.cascade.engine.WorkCounts.Cause;
import dev.cascade.node.ReplyTo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was done for one request so far. It travels with the request, is open on the host whose
 * process owes the answer, and travels back with the reply: whoever ends the request settles it, so
 * that nobody has to remember requests for longer than their connections live. Bills of requests
 * that were made to serve this one are added to it when their answers come in time.
 */
final class Bill {
  final Cause cause;
  long messages;
  long cpuNanos;

  /** No more can be charged: it went on with a message, or was settled. */
  boolean closed;

  /** The actor that took the request up, and its connection, while a process has it. */
  @Nullable ProcessQueue taker;

  @Nullable ReplyTo connection;

  /** The last turn here that served the request: what is done for it later follows from that. */
  long turn;

  /** What was done for other causes on its behalf: retries that a server made, say. */
  private @Nullable List<Bill> others;

  Bill(Cause cause) {
    this.cause = cause;
  }

  /** Closes this one, which messages of this host still refer to; what is in it goes on. */
  Bill take() {
    Bill taken = new Bill(cause);
    taken.messages = messages;
    taken.cpuNanos = cpuNanos;
    taken.others = others;
    close();
    return taken;
  }

  void close() {
    messages = 0;
    cpuNanos = 0;
    others = null;
    closed = true;
  }

  /** Adds what was done for a request that served this one. */
  void absorb(Bill served) {
    line(served.cause).add(served);
    if (served.others != null) {
      for (Bill other : served.others) {
        line(other.cause).add(other);
      }
    }
    served.close();
  }

  private void add(Bill bill) {
    messages += bill.messages;
    cpuNanos += bill.cpuNanos;
  }

  private Bill line(Cause wanted) {
    if (wanted.equals(cause)) {
      return this;
    }
    if (others == null) {
      others = new ArrayList<>(1);
    }
    for (Bill other : others) {
      if (other.cause.equals(wanted)) {
        return other;
      }
    }
    Bill line = new Bill(wanted);
    others.add(line);
    return line;
  }

  /** What was done for other causes. */
  List<Bill> others() {
    return others == null ? List.of() : others;
  }
}
