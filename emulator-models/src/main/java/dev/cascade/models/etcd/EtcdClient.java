package dev.cascade.models.etcd;

import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A program's client of etcd: it stays with a member until that fails, then goes on to the next, as
 * long as the request's time lasts.
 */
public final class EtcdClient {
  /** How a request ended; to be given to {@link #on}. */
  public record Answered(long request, Outcome outcome) implements WireMessage {}

  private static final class Open {
    final Function<ReplyTo, EtcdCall> call;
    final Consumer<@Nullable EtcdReply> then;
    final long deadlineNanos;
    int tries;

    Open(Function<ReplyTo, EtcdCall> call, Consumer<@Nullable EtcdReply> then, long deadlineNanos) {
      this.call = call;
      this.then = then;
      this.deadlineNanos = deadlineNanos;
    }
  }

  /** Requests that a client has open: a guess, far more than a program of one thread has. */
  private static final int OPEN_MOST = 256;

  private final Env<WireMessage> env;
  private final List<Address> members;
  private final TreeMap<Long, Open> open = new TreeMap<>();
  private long lastNumber;
  private int pinned;

  /**
   * A client.
   *
   * @param members of etcd; it begins with the one on its own host, if there is one
   */
  public EtcdClient(Env<WireMessage> env, List<Address> members) {
    this.env = env;
    this.members = List.copyOf(members);
    if (this.members.isEmpty()) {
      throw new IllegalArgumentException("The members (0) of etcd must be at least 1.");
    }
    this.pinned = (int) Math.floorMod(env.self().hostKey(), (long) this.members.size());
    for (int i = 0; i < this.members.size(); i++) {
      if (this.members.get(i).host().equals(env.host().name())) {
        pinned = i;
      }
    }
  }

  /**
   * Asks.
   *
   * @param then gets the answer; null if there was none in time, or only trouble
   */
  public void ask(
      Duration timeout, Function<ReplyTo, EtcdCall> call, Consumer<@Nullable EtcdReply> then) {
    if (open.size() >= OPEN_MOST) {
      env.dropped(call, "too-many-open-calls");
      then.accept(null);
      return;
    }
    long number = ++lastNumber;
    Open request = new Open(call, then, env.nowNanos() + timeout.toNanos());
    open.put(number, request);
    send(number, request);
  }

  private void send(long number, Open request) {
    request.tries++;
    env.request(
        members.get(pinned),
        request.call,
        Duration.ofNanos(Math.max(1, request.deadlineNanos - env.nowNanos())),
        outcome -> new Answered(number, outcome));
  }

  /** Forgets all requests: nobody waits for them any more. */
  public void forget() {
    open.clear();
  }

  /** Takes an answer. */
  public void on(Answered answered) {
    Open request = open.get(answered.request());
    if (request == null) {
      return; // forgotten meanwhile
    }
    if (answered.outcome() instanceof Outcome.Reply reply
        && reply.message() instanceof EtcdReply answer
        && !(answer instanceof EtcdReply.Failed failed && failed.isTrouble())) {
      open.remove(answered.request());
      request.then.accept(answer);
      return;
    }
    pinned = (pinned + 1) % members.size();
    if (request.tries < members.size() && env.nowNanos() < request.deadlineNanos) {
      send(answered.request(), request);
    } else {
      open.remove(answered.request());
      request.then.accept(null);
    }
  }
}
