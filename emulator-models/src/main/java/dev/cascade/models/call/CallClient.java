package dev.cascade.models.call;

import dev.cascade.models.discovery.Upstream;
import dev.cascade.models.discovery.Watcher;
import dev.cascade.models.http.Ending;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.Retrier;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Outcome;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.Purpose;
import dev.cascade.node.ReplyTo;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The client of one call in one server process, which all its threads share. An attempt asks the
 * breaker, then for a connection, then the target; a call makes as many as its retries or its
 * hedging allow. Its own work costs no CPU.
 */
public final class CallClient extends AbstractBehavior<CallClient.Command> {
  /** What it understands. */
  public sealed interface Command {}

  /**
   * A thread makes the call.
   *
   * @param deadlineNanos when the thread's own caller stops waiting; negative if that is not known
   * @param key what it asks for of many alike; negative if nobody says
   * @param then takes the ending
   */
  public record Make(long deadlineNanos, long key, Consumer<CallEnding> then)
      implements Command, LookAside.Command {}

  private record Answered(Attempt attempt, Outcome outcome) implements Command {}

  private record PendingTimedOut(Attempt attempt) implements Command {}

  private record HedgeDue(Open call) implements Command {}

  private record ResendDue(Open call) implements Command {}

  private record Moved(List<Address> targets) implements Command {}

  /** A call under way. */
  private static final class Open {
    final long number;
    final long startNanos;
    final long deadlineNanos;
    final long key;
    final Consumer<CallEnding> then;
    final @Nullable ReplyTo served; // whose request the thread serves
    final List<Attempt> attempts = new ArrayList<>(1); // that have not ended
    int attemptsMade;
    boolean ended;

    Open(long number, long startNanos, Make make, @Nullable ReplyTo served) {
      this.number = number;
      this.startNanos = startNanos;
      this.deadlineNanos = make.deadlineNanos() < 0 ? Long.MAX_VALUE : make.deadlineNanos();
      this.key = make.key();
      this.then = make.then();
      this.served = served;
    }
  }

  /** One time that a call asks. */
  private static final class Attempt {
    final Open call;
    final int number;
    final long giveUpNanos;
    final Breaker.@Nullable Permit permit;
    boolean pending;
    boolean connected;

    Attempt(Open call, long giveUpNanos, Breaker.@Nullable Permit permit) {
      this.call = call;
      this.number = call.attemptsMade++;
      this.giveUpNanos = giveUpNanos;
      this.permit = permit;
    }

    String pendingTimer() {
      return "pending " + call.number + " " + number;
    }
  }

  private final Env<Command> env;
  private final TimerScheduler<Command> timers;
  private final Call config;
  private final RandomStream targetsRandom;
  private final Retrier retrier;
  private final Connections<Attempt> connections;
  private final @Nullable Breaker breaker;
  private final CallMeter meter;

  private List<Address> targets;
  private long calls;

  private CallClient(
      Env<Command> env,
      TimerScheduler<Command> timers,
      Call config,
      Upstream upstream,
      CallMeter meter) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = config;
    this.targets = upstream.addresses();
    this.targetsRandom = env.random("targets");
    this.retrier = new Retrier(config.retries(), env.random("backoff"));
    this.connections = new Connections<>(config.connectionPool());
    this.breaker = config.circuitBreaker() == null ? null : new Breaker(config.circuitBreaker());
    this.meter = meter;
    if (upstream.registry() != null) {
      ActorRef<Command> self = getContext().getSelf();
      env.spawn("discovery", Watcher.spec(upstream.registry(), now -> self.tell(new Moved(now))));
    }
  }

  /**
   * The client as a child of its server.
   *
   * @param service the label that its metrics have in common with its replicas'
   * @param process the server's name on its host
   * @param threads calls that there may be at once
   * @param upstream whom it asks
   */
  public static ProcessSpec<Command> spec(
      String service, String process, Call call, int threads, Upstream upstream) {
    ProcessSpec<Command> spec =
        ProcessSpec.of(
            env -> {
              CallMeter meter = new CallMeter(env, process, service, call);
              return Behaviors.withTimers(
                  timers -> new CallClient(env, timers, call, upstream, meter));
            });
    // Room for a call of each thread and all its timers, should the program stand still.
    return spec.mailbox(threads * (3 + Hedging.MAX_ATTEMPTS) + 1, Overflow.DROP_NEWEST);
  }

  /** The metrics that a client keeps. */
  public static List<MetricInfo> metrics() {
    return CallMeter.DOCUMENTATION;
  }

  /** The events that a client records. */
  public static List<EventInfo> events() {
    return List.of(CallMeter.BREAKER_CHANGED);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Make.class, this::onMake)
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(PendingTimedOut.class, this::onPendingTimedOut)
        .onMessage(HedgeDue.class, this::onHedgeDue)
        .onMessage(ResendDue.class, this::onResendDue)
        .onMessage(Moved.class, this::onMoved)
        .build();
  }

  private Behavior<Command> onMake(Make make) {
    retrier.requested();
    attempt(new Open(calls++, env.nowNanos(), make, env.serving()));
    return this;
  }

  private Behavior<Command> onAnswered(Answered answered) {
    finish(answered.attempt(), answered.outcome());
    return this;
  }

  private Behavior<Command> onPendingTimedOut(PendingTimedOut timeout) {
    Attempt attempt = timeout.attempt();
    if (attempt.pending) { // else a connection came in the same instant
      connections.leave(attempt);
      attempt.pending = false;
      noteConnections();
      record(attempt, false);
      fail(attempt, CallEnding.OVERFLOW, null);
    }
    return this;
  }

  private Behavior<Command> onHedgeDue(HedgeDue due) {
    if (!due.call().ended) {
      meter.hedged();
      attempt(due.call());
    }
    return this;
  }

  private Behavior<Command> onResendDue(ResendDue due) {
    meter.retried();
    attempt(due.call());
    return this;
  }

  private Behavior<Command> onMoved(Moved moved) {
    targets = moved.targets();
    return this;
  }

  // ---- an attempt, from its permit to its end

  private void attempt(Open call) {
    long now = env.nowNanos();
    if (now >= call.deadlineNanos) {
      endUnlessOthersRun(call, CallEnding.DEADLINE);
      return;
    }
    Breaker.Permit permit = null;
    if (breaker != null) {
      Breaker.State before = breaker.state();
      permit = breaker.tryAcquire(now);
      noteBreaker(before);
      if (permit == null) {
        endUnlessOthersRun(call, CallEnding.CIRCUIT_OPEN);
        return;
      }
    }
    long giveUp = Math.min(now + config.timeout().toNanos(), call.deadlineNanos);
    Attempt attempt = new Attempt(call, giveUp, permit);
    call.attempts.add(attempt);
    awaitHedge(call);
    switch (connections.acquire(attempt)) {
      case TAKEN -> send(attempt);
      case PENDING -> awaitConnection(attempt);
      case OVERFLOW -> {
        record(attempt, false);
        fail(attempt, CallEnding.OVERFLOW, null);
      }
    }
    noteConnections();
  }

  private void awaitHedge(Open call) {
    if (config.hedging() != null && call.attemptsMade < config.hedging().maxAttempts()) {
      timers.startSingleTimer(
          "hedge " + call.number, new HedgeDue(call), config.hedging().hedgingDelay());
    }
  }

  private void awaitConnection(Attempt attempt) {
    attempt.pending = true;
    Duration left = Duration.ofNanos(attempt.giveUpNanos - env.nowNanos());
    Duration patience =
        config.connectionPool() == null ? null : config.connectionPool().pendingTimeout();
    timers.startSingleTimer(
        attempt.pendingTimer(),
        new PendingTimedOut(attempt),
        patience == null || patience.compareTo(left) > 0 ? left : patience);
  }

  private void send(Attempt attempt) {
    attempt.connected = true;
    meter.attempted();
    ReplyTo before = env.serving(); // another, maybe, who gave its connection back
    env.serve(attempt.call.served);
    env.request(
        purpose(attempt),
        targetsRandom.pick(targets),
        replyTo -> HttpRequest.until(attempt.giveUpNanos, config.path(), attempt.call.key, replyTo),
        Duration.ofNanos(attempt.giveUpNanos - env.nowNanos()),
        outcome -> new Answered(attempt, outcome));
    env.serve(before);
  }

  private Purpose purpose(Attempt attempt) {
    if (attempt.number == 0) {
      return Purpose.REQUEST;
    }
    return config.hedging() == null ? Purpose.RETRY : Purpose.HEDGE;
  }

  private void finish(Attempt attempt, Outcome outcome) {
    Ending ending = Ending.of(outcome);
    record(attempt, ending == Ending.SUCCESS);
    if (ending == Ending.SUCCESS && !attempt.call.ended) {
      end(attempt.call, CallEnding.SUCCESS); // which gives its connection back, too
      return;
    }
    disconnect(attempt);
    if (!attempt.call.ended) { // else another attempt was first
      fail(attempt, CallEnding.of(ending), outcome);
    }
  }

  /**
   * A call has one attempt less; makes another one, or gives up.
   *
   * @param outcome null if the attempt never left
   */
  private void fail(Attempt attempt, CallEnding ending, @Nullable Outcome outcome) {
    Open call = attempt.call;
    call.attempts.remove(attempt);
    if (config.hedging() != null) {
      if (outcome != null && call.attemptsMade < config.hedging().maxAttempts()) {
        timers.cancel("hedge " + call.number);
        meter.hedged();
        attempt(call);
      } else {
        endUnlessOthersRun(call, ending);
      }
      return;
    }
    switch (retrier.decide(
        call.attemptsMade - 1, outcome == null ? null : Ending.failure(outcome))) {
      case RETRY -> resend(call, ending);
      case DENIED -> {
        meter.retryDenied();
        end(call, ending);
      }
      case GIVE_UP -> end(call, ending);
    }
  }

  private void resend(Open call, CallEnding last) {
    long wait = retrier.waitNanos(call.attemptsMade);
    if (wait >= call.deadlineNanos - env.nowNanos()) {
      end(call, last); // it would come too late
    } else if (wait == 0) {
      meter.retried();
      attempt(call);
    } else {
      timers.startSingleTimer("resend " + call.number, new ResendDue(call), Duration.ofNanos(wait));
    }
  }

  private void endUnlessOthersRun(Open call, CallEnding ending) {
    boolean hedgeComes = timers.isTimerActive("hedge " + call.number);
    if (call.attempts.isEmpty() && !hedgeComes) {
      end(call, ending);
    }
  }

  private void end(Open call, CallEnding ending) {
    call.ended = true;
    timers.cancel("hedge " + call.number);
    // Those that wait go first, lest they are given the connections of the others.
    call.attempts.forEach(this::leave);
    call.attempts.forEach(this::disconnect);
    call.attempts.clear();
    noteConnections();
    meter.ended(ending, env.nowNanos() - call.startNanos);
    call.then.accept(ending);
  }

  // ---- connections and the breaker

  /** Stops waiting for a connection, as nobody needs it any more. */
  private void leave(Attempt attempt) {
    if (!attempt.pending) {
      return;
    }
    timers.cancel(attempt.pendingTimer());
    connections.leave(attempt);
    attempt.pending = false;
    if (breaker != null && attempt.permit != null) {
      breaker.release(attempt.permit);
    }
  }

  /** Closes the attempt's connection. Its answer, when it comes, still tells the breaker. */
  private void disconnect(Attempt attempt) {
    if (!attempt.connected) {
      return;
    }
    attempt.connected = false;
    Attempt next = connections.release();
    if (next != null) {
      timers.cancel(next.pendingTimer());
      next.pending = false;
      send(next);
    }
    noteConnections();
  }

  private void record(Attempt attempt, boolean success) {
    if (breaker != null && attempt.permit != null) {
      Breaker.State before = breaker.state();
      breaker.record(attempt.permit, success, env.nowNanos());
      noteBreaker(before);
    }
  }

  private void noteBreaker(Breaker.State before) {
    if (breaker != null && breaker.state() != before) {
      meter.breakerChanged(before, breaker.state());
    }
  }

  private void noteConnections() {
    meter.connections(connections.inUse(), connections.pending());
  }
}
