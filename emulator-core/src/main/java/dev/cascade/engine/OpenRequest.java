package dev.cascade.engine;

import dev.cascade.node.Address;
import dev.cascade.node.Outcome;
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
  private int attempts;

  private final Event timedOut =
      new Event() {
        @Override
        public void fire() {
          host.enter();
          finish(new Outcome.TimedOut(timeout), null);
        }
      };
  private final Event retransmit =
      new Event() {
        @Override
        public void fire() {
          host.enter();
          host.shard().transport().transmit(OpenRequest.this);
        }
      };

  OpenRequest(
      HostRuntime host,
      ProcessQueue client,
      Address server,
      WireRequest request,
      Duration timeout,
      Function<Outcome, ?> whenDone) {
    this.host = host;
    this.client = client;
    this.server = server;
    this.request = request;
    this.timeout = timeout;
    this.whenDone = whenDone;
    this.startNanos = host.nowNanos();
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
  void cancel() {
    host.shard().cancel(timedOut);
    host.shard().cancel(retransmit);
  }

  /** Ends the request; its outcome goes to the client, caused by what brought it. */
  void finish(Outcome outcome, @Nullable Message cause) {
    host.connections().close(connection().connection());
    cancel();
    client.openRequests--;
    Object message;
    try {
      message = whenDone.apply(outcome);
    } catch (RuntimeException e) { // the client's own code, though outside its turn
      host.shard().guard().unplanned(client, e);
      return;
    }
    host.shard().transport().outcome(client, message, cause);
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
