package dev.cascade.engine;

import dev.cascade.network.Fate;
import dev.cascade.network.LinkEnd;
import dev.cascade.network.Network;
import dev.cascade.node.Address;
import dev.cascade.node.Outcome;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import dev.cascade.time.Event;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages between processes: datagrams as they are, requests as connections do. The
 * network decides what becomes of a message; this class does it.
 */
final class Transport {
  private static final long RTO_MIN_NANOS = 200_000_000; // Linux, TCP_RTO_MIN
  private static final int RESENDS_MAX = 8; // 51 s in all; Linux gives up after tcp_retries2 = 15

  private final Shard shard;
  private final Network network;
  private final @Nullable WireCodec codec;

  Transport(Shard shard, Network network, @Nullable WireCodec codec) {
    this.shard = shard;
    this.network = network;
    this.codec = codec;
  }

  /** No message between two hosts is faster. */
  long latencyMinNanos() {
    return network.spec().latencyMin().toNanos();
  }

  Network network() {
    return network;
  }

  /** Faults of links come or go: what waits before narrow ones goes on at their new rates. */
  void changeLinks(Consumer<Network> change) {
    boolean wereNarrow = network.isNarrow();
    change.accept(network);
    if (wereNarrow || network.isNarrow()) {
      shard.machines().hosts().values().forEach(HostRuntime::linksChanged);
    }
  }

  // ---- sending

  void datagram(HostRuntime host, Address from, Address to, WireMessage payload) {
    dispatch(host, message(Message.Kind.DATAGRAM, payload, from, to, null));
  }

  /** An operator's command on a host's console. */
  void command(HostRuntime host, Address process, WireMessage payload, Duration delay) {
    Address console = Address.of(host.name(), "console");
    Message message = message(Message.Kind.DATAGRAM, payload, console, process, null);
    shard.ledger().sent();
    long loopback = network.loopbackNanos(host.networkRandom());
    shard.send(host, message, shard.nowNanos() + delay.toNanos() + loopback);
  }

  /** Sends, or sends again, what opens a connection. */
  void transmit(OpenRequest open) {
    Address client = open.connection().client();
    forward(open.host(), client, open.server(), open.request(), open.newBill());
  }

  /** Sends a request on behalf of whoever opened the connection. */
  void forward(HostRuntime host, Address from, Address to, WireRequest request, Bill bill) {
    Message message = message(Message.Kind.REQUEST, request, from, to, request.replyTo());
    message.bill = bill;
    dispatch(host, message);
  }

  void reply(HostRuntime host, Address from, ReplyTo to, WireMessage payload, Bill bill) {
    Message message = message(Message.Kind.REPLY, payload, from, to.client(), to);
    message.bill = bill;
    dispatch(host, message);
  }

  private Message message(
      Message.Kind kind,
      WireMessage payload,
      Address from,
      Address to,
      @Nullable ReplyTo connection) {
    return new Message(kind, payload, from, to, connection, shard.causeHost(), shard.causeTurn());
  }

  private void dispatch(HostRuntime host, Message plain) {
    shard.ledger().sent();
    if (plain.to().hostKey() == host.key()) { // the names would be two more places in memory
      shard.carry(host, plain, network.loopbackNanos(host.networkRandom()));
      return;
    }
    Message message = codec == null ? plain : codec.copy(plain);
    Port port = host.port(network.isNarrow());
    if (port == null) {
      cross(host, message);
    } else {
      port.send(message);
    }
  }

  /** A process has as many connections open as it can, and the kernel gives it no other. */
  void dropUnsent(HostRuntime host, ProcessQueue client, WireRequest request) {
    shard.ledger().sent();
    Address self = Objects.requireNonNull(client.address(), "only processes open connections");
    Message unsent = message(Message.Kind.REQUEST, request, self, self, null);
    shard.ledger().drop(client, unsent, Connections.TOO_MANY);
  }

  /** What waits before something narrow is too much already. */
  void dropFull(HostRuntime host, Message message, String reason) {
    shard.ledger().dropAtSender(host, message, reason);
    unanswered(message);
  }

  /** A message is on its link: the network decides what becomes of it. */
  void cross(HostRuntime host, Message message) {
    Fate fate = network.decide(host.linkEnd(), endOf(message.to().host()), host.networkRandom());
    switch (fate.kind()) {
      case DELIVERED -> {
        shard.carry(host, message, fate.delayNanos());
        if (fate.duplicateDelayNanos() >= 0 && message.kind == Message.Kind.DATAGRAM) {
          shard.ledger().duplicated();
          shard.carry(host, message.copy(), fate.duplicateDelayNanos());
        }
      }
      case LOST -> {
        shard.ledger().dropAtSender(host, message, "lost");
        unanswered(message);
      }
      case CUT -> {
        shard.ledger().dropAtSender(host, message, "cut");
        unanswered(message);
      }
      case REJECTED -> {
        shard.ledger().dropAtSender(host, message, "rejected");
        if (message.kind == Message.Kind.REQUEST && message.connection != null) {
          // The router that rejects is taken to stand at the far end: there and back.
          notifyRejected(host, message.connection, message, 2 * fate.delayNanos());
        } else {
          unanswered(message); // to an established connection a rejection is only a lost segment
        }
      }
    }
  }

  /** The far end of a link; where all links are alike any end will do, and no host is looked up. */
  LinkEnd endOf(String host) {
    LinkEnd end = network.isUniform() ? null : shard.directory().end(host);
    return end == null ? LinkEnd.ANY : end;
  }

  // ---- arriving

  void arrive(Message message) {
    ProcessQueue process = shard.machines().process(message.toKey);
    HostRuntime host = process == null ? null : process.host();
    if (process == null || host == null || process.isDead()) {
      arriveAtNobody(message, shard.machines().hostOrGhost(message.to().host()));
      return;
    }
    shard.enter(host);
    if (message.kind == Message.Kind.REPLY) {
      answer(host, message);
    } else {
      process.accept(message);
    }
  }

  private void arriveAtNobody(Message message, HostRuntime host) {
    host.enter();
    if (!host.isUp()) {
      shard.ledger().dropOnArrival(host, message, "host-down");
      unanswered(message);
    } else if (message.kind == Message.Kind.REPLY) {
      shard.ledger().dropOnArrival(host, message, "late");
    } else {
      shard.ledger().dropOnArrival(host, message, "no-listener");
      refused(message);
    }
  }

  private void answer(HostRuntime host, Message reply) {
    OpenRequest open =
        reply.connection == null ? null : host.connections().find(reply.connection.connection());
    if (open == null) {
      shard.ledger().dropOnArrival(host, reply, "late");
      return;
    }
    open.finish(new Outcome.Reply((WireMessage) reply.payload), reply);
  }

  /**
   * Hands an outcome to the process that asked; a reply that brought it is accounted as this one.
   */
  void outcome(OpenRequest open, Outcome what, Object payload, @Nullable Message cause) {
    ProcessQueue client = open.client();
    long host = cause == null ? shard.causeHost() : cause.causeHost;
    long turn = cause == null ? shard.causeTurn() : cause.causeTurn;
    Address from = cause == null ? null : cause.from;
    Message outcome =
        new Message(Message.Kind.OUTCOME, payload, from, client.address(), null, host, turn);
    outcome.bill = open.served();
    CauseLog causes = shard.causes();
    if (causes != null) {
      causes.ended(open.connection(), what, client, outcome, shard.nowNanos());
    }
    if (cause != null && cause.kind == Message.Kind.REPLY) {
      outcome.wireHash = cause.wireHash;
    } else {
      shard.ledger().sent();
    }
    client.accept(outcome);
  }

  // ---- what kernels tell each other

  /** A process turned a request away that it had taken from its mailbox. */
  void refused(HostRuntime host, ReplyTo connection) {
    notify(host, connection, Notice.Kind.REFUSED, null);
  }

  /** A queue inside a process let a request fall. */
  void unanswered(HostRuntime host, ReplyTo connection) {
    notify(host, connection, Notice.Kind.UNANSWERED, null);
  }

  /** The receiver turned a request away: its client hears so after the way back. */
  void refused(Message message) {
    notifyFromHere(message, Notice.Kind.REFUSED);
  }

  /**
   * A segment fell somewhere, and nothing comes back to the kernel that sent it: a request is a
   * SYN, which its client sends again; a reply is sent again by the host it came from.
   */
  void unanswered(Message message) {
    HostRuntime here = shard.currentHost();
    if (message.kind == Message.Kind.REPLY && here != null) {
      resend(here, message);
    } else {
      notifyFromHere(message, Notice.Kind.UNANSWERED);
    }
  }

  /**
   * An established connection's segment goes out again after 200 ms, 400 ms, … (Linux's RTO_MIN).
   */
  private void resend(HostRuntime here, Message reply) {
    if (reply.resent >= RESENDS_MAX || reply.from == null || reply.from.hostKey() != here.key()) {
      shard.work().fell(reply, WorkCounts.End.LOST);
      return;
    }
    long wait = RTO_MIN_NANOS << reply.resent;
    Event again =
        new Event() {
          @Override
          public void fire() {
            if (here.isUp()) {
              here.enter();
              Message copy = reply.copy();
              copy.resent = reply.resent + 1;
              dispatch(here, copy);
            } else {
              shard.work().fell(reply, WorkCounts.End.LOST);
            }
          }
        };
    shard.schedule(here, again, shard.nowNanos() + wait);
  }

  private void notifyRejected(
      HostRuntime host, ReplyTo connection, Message cause, long roundTripNanos) {
    shard.send(
        host,
        new Notice(connection, Notice.Kind.REFUSED, cause),
        shard.nowNanos() + roundTripNanos);
  }

  /** The process that had accepted a connection is gone. */
  void reset(HostRuntime host, ReplyTo connection) {
    notify(host, connection, Notice.Kind.RESET, null);
  }

  private void notifyFromHere(Message message, Notice.Kind kind) {
    HostRuntime here = shard.currentHost();
    if (message.kind == Message.Kind.REQUEST && message.connection != null && here != null) {
      notify(here, message.connection, kind, message);
    }
  }

  private void notify(
      HostRuntime here, ReplyTo connection, Notice.Kind kind, @Nullable Message cause) {
    if (connection.client().hostKey() == here.key()) {
      long delay = network.loopbackNanos(here.networkRandom());
      shard.carry(here, new Notice(connection, kind, cause), delay);
      return;
    }
    LinkEnd end = endOf(connection.client().host());
    Fate fate = network.decide(here.linkEnd(), end, here.networkRandom());
    Notice.Kind heard = kind;
    if (fate.kind() != Fate.Kind.DELIVERED) {
      if (kind == Notice.Kind.RESET) {
        return; // nobody resends an RST: the client finds out by its time-out
      }
      heard = Notice.Kind.UNANSWERED; // the client's kernel heard nothing, and sends its SYN again
    }
    shard.carry(here, new Notice(connection, heard, cause), fate.delayNanos());
  }

  /** A notice reaches the client's kernel. */
  void deliver(Notice notice) {
    HostRuntime host = shard.machines().host(notice.to().host());
    if (host == null || !host.isUp()) {
      return;
    }
    host.enter();
    OpenRequest open = host.connections().find(notice.connection());
    if (open == null) {
      return; // timed out meanwhile
    }
    switch (notice.kind()) {
      case REFUSED -> open.finish(new Outcome.Refused(), notice.cause());
      case RESET -> open.finish(new Outcome.Reset(), notice.cause());
      case UNANSWERED -> open.unanswered(network.spec().synRetransmits());
    }
  }
}
