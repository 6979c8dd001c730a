package dev.cascade.engine;

import dev.cascade.network.LinkEnd;
import dev.cascade.node.Metrics;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A shard's part of the {@link MessageCounts}: every message has an account, every drop a place, a
 * type and a reason, and a metric that shows it.
 */
final class Ledger {
  private final Shard shard;
  private final Map<MessageCounts.Drop, Drops> drops = new HashMap<>(); // sorted when it is read
  private long sent;
  private long duplicated;
  private long handled;
  private long lostInCrashes;
  private @Nullable Object inHand;
  private boolean inHandIsDropped;

  Ledger(Shard shard) {
    this.shard = shard;
  }

  void sent() {
    sent++;
  }

  void duplicated() {
    duplicated++;
  }

  void handled() {
    handled++;
  }

  long handledSoFar() {
    return handled;
  }

  /** An actor is about to handle a message, which it may drop once. */
  void handled(ProcessQueue process, Object payload, @Nullable Bill bill) {
    handled++;
    if (bill != null) {
      shard.work().handled(bill);
    }
    process.top().handledOneMore();
    inHand = payload;
    inHandIsDropped = false;
  }

  void lostInCrash() {
    lostInCrashes++;
  }

  /** A mailbox did not take a message, or gave it up. */
  void drop(ProcessQueue process, Message message, String reason) {
    HostRuntime host = process.host();
    if (host != null) { // Pekko's own mail has no account
      shard.work().fell(message, WorkCounts.End.SHED);
      drop(host, process.place(), message.payload, reason);
    }
  }

  /**
   * A queue inside a process dropped what had left the mailbox: its end is a drop after all.
   *
   * @param bill on which it was counted as handled
   * @throws IllegalStateException if that cannot be, as the message was dropped before: the balance
   *     could not see it
   */
  void dropInside(ProcessQueue process, Object payload, String reason, @Nullable Bill bill) {
    HostRuntime host = process.host();
    if (host != null) {
      if (!process.top().dropsOneMore() || !isFirstDropOf(payload)) {
        throw new IllegalStateException(
            process.place()
                + " drops a message twice ("
                + MessageType.nameOf(payload)
                + ", reason "
                + reason
                + "). Maybe it was counted, refused or discarded before?");
      }
      handled--;
      shard.work().unhandled(bill);
      drop(host, process.place(), payload, reason);
    }
  }

  private boolean isFirstDropOf(Object payload) {
    if (payload != inHand) {
      return true; // from a queue inside the process, or wrapped anew
    }
    boolean first = !inHandIsDropped;
    inHandIsDropped = true;
    return first;
  }

  /** A queue of Pekko's inside the actor whose turn it is was full. */
  void droppedByPekko(ProcessQueue process, Object payload) {
    if (!MessageType.isSignal(payload)) {
      dropInside(process, payload, "dropped", shard.bill());
    }
  }

  /** The network, or the sender's interface, dropped a message. */
  void dropAtSender(HostRuntime host, Message message, String reason) {
    if (message.kind == Message.Kind.REQUEST) { // a reply is sent again, with its bill
      shard.work().fell(message, WorkCounts.End.LOST);
    }
    LinkEnd end = shard.directory().end(message.to().host());
    String target = end == null ? message.to().host() : end.host().entry();
    drop(host, host.info().entry() + "->" + target, message.payload, reason);
  }

  /** A message arrived where nobody takes it. */
  void dropOnArrival(HostRuntime host, Message message, String reason) {
    boolean isReply = message.kind == Message.Kind.REPLY;
    shard.work().fell(message, isReply ? WorkCounts.End.GIVEN_UP : WorkCounts.End.LOST);
    String place = host.info().entry() + "/" + message.to().process();
    drop(host, place, message.payload, reason);
  }

  /** A message was told to an actor that is gone. */
  void deadLetter(Object payload) {
    HostRuntime host = shard.currentHost();
    if (host != null && !MessageType.isSignal(payload)) {
      sent++;
      drop(host, host.info().entry(), payload, "dead");
    }
  }

  private void drop(HostRuntime host, String place, Object payload, String reason) {
    String type = MessageType.nameOf(payload);
    Drops of =
        drops.computeIfAbsent(
            new MessageCounts.Drop(place, type, reason),
            kind ->
                new Drops(
                    host.metrics()
                        .counter(
                            "messages_dropped_total",
                            "place",
                            place,
                            "type",
                            type,
                            "reason",
                            reason)));
    of.count++;
    CauseLog causes = shard.causes();
    if (causes != null) {
      causes.dropped(new MessageCounts.Drop(place, type, reason), shard.nowNanos());
    }
    of.metric.increment();
  }

  /** Drops of one kind, counted twice: for the balance, and for people. */
  private static final class Drops {
    private final Metrics.Counter metric;
    private long count;

    Drops(Metrics.Counter metric) {
      this.metric = metric;
    }
  }

  /** Adds this shard's numbers; what is queued and in flight is counted anew. */
  MessageCounts addTo(MessageCounts sum) {
    drops.forEach((kind, of) -> sum.dropped().merge(kind, of.count, Long::sum));
    return new MessageCounts(
        sum.sent() + sent,
        sum.duplicated() + duplicated,
        sum.handled() + handled,
        sum.dropped(),
        sum.lostInCrashes() + lostInCrashes,
        sum.queued() + shard.machines().queued(),
        sum.inFlight() + shard.inFlight());
  }
}
