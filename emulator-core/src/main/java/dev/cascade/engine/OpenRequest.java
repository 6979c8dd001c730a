package dev.cascade.engine;

import dev.cascade.engine.WorkCounts.Cause;
import dev.cascade.engine.WorkCounts.End;
import dev.cascade.node.Address;
import dev.cascade.node.Outcome;
import dev.cascade.node.Purpose;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireRequest;
import dev.cascade.time.Event;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A connection as its client's kernel sees it: the time-out, and the SYN that is sent again. */
final class OpenRequest {
  private final ProcessQueue client;
  private final Address server;
  private final WireRequest request;
  private final Duration timeout;
  private final Function<Outcome, ?> whenDone;
  private final long startNanos;
  private final HostRuntime host;
  private final @Nullable Bill served; // the request that its client makes it for
  private final Purpose purpose;
  private final Cause why;
  private final long turn; // that made it: what becomes of it follows from that
  private int attempts;

  private final Event timedOut =
      new Event() {
        @Override
        public void fire() {
          host.shard().enter(host, turn);
          finish(new Outcome.TimedOut(timeout), null);
        }
      };
  private final Event retransmit =
      new Event() {
        @Override
        public void fire() {
          host.shard().enter(host, turn);
          host.shard().transport().transmit(OpenRequest.this);
        }
      };

  OpenRequest(
      Purpose purpose,
      HostRuntime host,
      ProcessQueue client,
      Address server,
      WireRequest request,
      Duration timeout,
      Function<Outcome, ?> whenDone) {
    this.purpose = purpose;
    this.host = host;
    this.client = client;
    this.server = server;
    this.request = request;
    this.timeout = timeout;
    this.whenDone = whenDone;
    this.startNanos = host.nowNanos();
    Bill current = host.shard().bill();
    this.served = current == null || current.closed ? null : current;
    this.why = host.shard().work().cause(purpose, host, served);
    this.turn = host.shard().causeTurn();
    host.shard().work().opened();
    CauseLog causes = host.shard().causes();
    if (causes != null) {
      causes.opened(host.shard(), connection(), server, request, purpose, served);
    }
  }

  void begin() {
    if (client.openRequests >= Connections.MAX) { // EMFILE: connect() fails at once
      client.openRequests++; // as finish counts one less
      host.shard().transport().dropUnsent(host, client, request);
      finish(new Outcome.Refused(), null);
      return;
    }
    client.openRequests++;
    host.connections().open(connection().connection(), this);
    host.shard().schedule(host, timedOut, startNanos + Math.max(1, timeout.toNanos()));
    host.shard().transport().transmit(this);
  }

  /** Nothing came back for the last SYN: sends it again when Linux would. */
  void unanswered(List<Duration> schedule) {
    if (attempts < schedule.size() && !retransmit.isQueued()) {
      long at = startNanos + schedule.get(attempts++).toNanos();
      host.shard().schedule(host, retransmit, Math.max(at, host.nowNanos()));
    }
  }

  /** The client is gone. */
  void abandon() {
    cancel();
    span("gone", null);
    host.shard().work().ended(why, End.GIVEN_UP);
  }

  private void cancel() {
    host.shard().cancel(timedOut);
    host.shard().cancel(retransmit);
  }

  /** Ends the request; its outcome goes to the client, caused by what brought it. */
  void finish(Outcome outcome, @Nullable Message cause) {
    host.connections().close(connection().connection());
    cancel();
    client.openRequests--;
    Bill bill = cause == null ? null : cause.bill;
    span(word(outcome), bill);
    account(outcome, bill);
    Object message;
    try {
      message = whenDone.apply(outcome);
    } catch (RuntimeException e) { // the client's own code, though outside its turn
      host.shard().guard().unplanned(client, e);
      return;
    }
    host.shard().transport().outcome(this, outcome, message, cause);
  }

  /** Writes it down, before its bill is settled. */
  private void span(String outcome, @Nullable Bill bill) {
    long now = host.nowNanos();
    host.shard()
        .spans()
        .ended(
            now,
            () ->
                new RequestSpan(
                    startNanos,
                    now,
                    host.info().name(),
                    String.valueOf(client.address()),
                    server.toString(),
                    CauseLog.subject(request),
                    purpose,
                    outcome,
                    bill == null ? -1 : bill.messages,
                    bill == null ? -1 : bill.cpuNanos));
  }

  private static String word(Outcome outcome) {
    if (outcome instanceof Outcome.Reply) {
      return "reply";
    } else if (outcome instanceof Outcome.TimedOut) {
      return "timed-out";
    }
    return outcome instanceof Outcome.Refused ? "refused" : "reset";
  }

  /** What was done for it was done for whom it serves, if he still waits himself. */
  private void account(Outcome outcome, @Nullable Bill bill) {
    WorkBook work = host.shard().work();
    if (outcome instanceof Outcome.Reply) {
      work.ended(why, End.ANSWERED);
      if (served == null || bill == null) {
        work.settle(bill, End.ANSWERED);
      } else if (served.closed) {
        work.settle(bill, End.GIVEN_UP);
      } else {
        served.absorb(bill);
      }
    } else if (outcome instanceof Outcome.TimedOut) {
      work.ended(why, End.GIVEN_UP);
    } else {
      work.ended(why, outcome instanceof Outcome.Refused ? End.SHED : End.LOST);
    }
  }

  /** The bill of one attempt to reach the server. */
  Bill newBill() {
    return new Bill(why);
  }

  /** For whom its client asked; null if for itself. */
  @Nullable Bill served() {
    return served;
  }

  ReplyTo connection() {
    return request.replyTo();
  }

  ProcessQueue client() {
    return client;
  }

  Address server() {
    return server;
  }

  WireRequest request() {
    return request;
  }

  HostRuntime host() {
    return host;
  }
}
