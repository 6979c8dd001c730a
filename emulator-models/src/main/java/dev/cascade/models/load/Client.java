package dev.cascade.models.load;

import dev.cascade.models.discovery.Upstream;
import dev.cascade.models.discovery.Watcher;
import dev.cascade.models.http.Ending;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.Retrier;
import dev.cascade.models.keys.Keys;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.Overflow;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.Purpose;
import dev.cascade.node.WireMessage;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** The users on one host. */
final class Client extends AbstractBehavior<Client.Command> {
  sealed interface Command {}

  /**
   * An operator changes the rate of all hosts together, evenly over a time from now on.
   *
   * @param perSecond the new rate
   */
  record ChangeRate(double perSecond, long overNanos) implements Command, WireMessage {}

  private enum Arrived implements Command {
    INSTANCE
  }

  private enum UserStepDue implements Command {
    INSTANCE
  }

  private record Thought(int user) implements Command {}

  private record Answered(Call call, Outcome outcome) implements Command {}

  private record ResendDue(Call call) implements Command {}

  private record Moved(List<Address> targets) implements Command {}

  private enum SecondPassed implements Command {
    INSTANCE
  }

  /**
   * One request of a user's, from its first attempt to the end of its last.
   *
   * @param number among this host's
   * @param path its place in the mix
   * @param key what it asks for of many alike, or none
   * @param user the virtual user, or -1
   * @param retries made so far
   */
  private record Call(long number, int path, long key, int user, long startNanos, int retries) {
    Call again() {
      return new Call(number, path, key, user, startNanos, retries + 1);
    }
  }

  /** Not one of the virtual users: a request that came at a rate. */
  private static final int NOBODY = -1;

  private final Env<Command> env;
  private final TimerScheduler<Command> timers;
  private final LoadConfig config;
  private final Share share;
  private final List<PathWeight> paths;

  private final RandomStream arrivalsRandom;
  private final RandomStream pathsRandom;
  private final RandomStream targetsRandom;
  private final RandomStream keysRandom;
  private final @Nullable Keys keys;
  private final PathMix mix;
  private final ClientMeter meter;
  private final Retrier retrier;
  private final long startNanos;
  private final @Nullable VirtualUsers users; // who come and go

  private RateSchedule schedule;
  private List<Address> targets;
  private int nextTarget;
  private long calls;
  private int open;

  private Client(
      Env<Command> env,
      TimerScheduler<Command> timers,
      LoadConfig config,
      Tables tables,
      Share share,
      Upstream upstream) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = config;
    this.share = share;
    this.targets = upstream.addresses();
    this.paths = config.mix();
    this.arrivalsRandom = env.random("arrivals");
    this.pathsRandom = env.random("paths");
    this.targetsRandom = env.random("targets");
    this.keysRandom = env.random("keys");
    this.keys = tables.keys();
    this.mix = new PathMix(paths);
    this.meter = new ClientMeter(env.metrics(), env.host().entry(), paths);
    this.retrier = new Retrier(config.retries(), env.random("backoff"));
    this.nextTarget = targetsRandom.nextInt(targets.size());
    this.startNanos = env.nowNanos();
    this.users = tables.users() == null ? null : new VirtualUsers(tables.users(), share);
    this.schedule = config.schedule(env.nowNanos());
    if (upstream.registry() != null) {
      ActorRef<Command> self = getContext().getSelf();
      env.spawn("discovery", Watcher.spec(upstream.registry(), now -> self.tell(new Moved(now))));
    }
    timers.startTimerAtFixedRate(SecondPassed.INSTANCE, Duration.ofSeconds(1));
    if (config.executor() == LoadConfig.Executor.CONSTANT_VUS) {
      for (int user = 0; user < share.users(config); user++) {
        think(user);
      }
      meter.users(share.users(config));
    } else if (users != null) {
      awaitUserStep(users);
    } else {
      // The first of evenly spaced requests comes anywhere in its gap, so that hosts differ.
      awaitArrival(
          config.arrivals() == LoadConfig.Arrivals.CONSTANT ? arrivalsRandom.nextDouble() : gap());
    }
  }

  /**
   * The users on one host as a process.
   *
   * @param tables of the configuration
   * @param share of the load that falls to this host
   * @param upstream whom they ask
   */
  static ProcessSpec<Command> spec(
      LoadConfig config, Tables tables, Share share, Upstream upstream) {
    ProcessSpec<Command> spec =
        ProcessSpec.of(
            env ->
                Behaviors.withTimers(
                    timers -> new Client(env, timers, config, tables, share, upstream)));
    // Room for every timer that can be running, so that no user is lost while the host stands
    // still: one for each open request, and a few for the host.
    return spec.mailbox(2 * config.maxVus() + 10, Overflow.DROP_NEWEST);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(ChangeRate.class, this::onChangeRate)
        .onMessage(Arrived.class, arrived -> onArrived())
        .onMessage(UserStepDue.class, due -> onUserStepDue())
        .onMessage(Thought.class, this::onThought)
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(ResendDue.class, this::onResendDue)
        .onMessage(Moved.class, this::onMoved)
        .onMessage(SecondPassed.class, second -> onSecondPassed())
        .build();
  }

  private Behavior<Command> onChangeRate(ChangeRate change) {
    if (!config.isOpen()) {
      return this; // users have no rate
    }
    long now = env.nowNanos();
    schedule = RateSchedule.change(schedule, now, change.perSecond(), change.overNanos());
    // Poisson arrivals have no memory, so drawing anew changes nothing in their law.
    awaitArrival(gap());
    return this;
  }

  private Behavior<Command> onArrived() {
    awaitArrival(gap());
    if (open >= config.maxVus()) {
      meter.droppedIteration();
    } else {
      begin(NOBODY);
    }
    return this;
  }

  private Behavior<Command> onUserStepDue() {
    if (users != null) {
      UserSchedule.Step step = users.next();
      if (step != null && users.advance()) {
        think(step.user());
      }
      meter.users(users.present());
      awaitUserStep(users);
    }
    return this;
  }

  private Behavior<Command> onThought(Thought thought) {
    if (goesOn(thought.user())) {
      begin(thought.user());
    }
    return this;
  }

  private Behavior<Command> onAnswered(Answered answered) {
    Call call = answered.call();
    switch (retrier.decide(call.retries(), Ending.failure(answered.outcome()))) {
      case RETRY -> resend(call.again());
      case DENIED -> {
        meter.retryDenied();
        end(call, Ending.of(answered.outcome()));
      }
      case GIVE_UP -> end(call, Ending.of(answered.outcome()));
    }
    return this;
  }

  private Behavior<Command> onResendDue(ResendDue due) {
    send(due.call());
    return this;
  }

  private Behavior<Command> onMoved(Moved moved) {
    targets = moved.targets();
    return this;
  }

  private Behavior<Command> onSecondPassed() {
    meter.secondPassed();
    return this;
  }

  // ---- when users come

  private double gap() {
    return config.arrivals() == LoadConfig.Arrivals.POISSON ? arrivalsRandom.nextExponential() : 1;
  }

  /** Waits until so many requests of this host's share are due. */
  private void awaitArrival(double requests) {
    long now = env.nowNanos();
    long due = schedule.dueNanos(now, requests * share.hosts());
    if (due == RateSchedule.NEVER) {
      timers.cancel(Arrived.INSTANCE);
    } else {
      timers.startSingleTimer(Arrived.INSTANCE, Arrived.INSTANCE, Duration.ofNanos(due - now));
    }
  }

  private void awaitUserStep(VirtualUsers these) {
    UserSchedule.Step next = these.next();
    if (next != null) {
      long due = Math.max(0, startNanos + next.nanos() - env.nowNanos());
      timers.startSingleTimer(UserStepDue.INSTANCE, UserStepDue.INSTANCE, Duration.ofNanos(due));
    }
  }

  private boolean goesOn(int user) {
    if (users == null) {
      return true;
    }
    boolean goesOn = users.goesOn(user);
    meter.users(users.present());
    return goesOn;
  }

  private void think(int user) {
    long nanos = config.thinkTime().sampleNanos(arrivalsRandom);
    timers.startSingleTimer("user " + user, new Thought(user), Duration.ofNanos(nanos));
  }

  // ---- what becomes of a request

  private void begin(int user) {
    open++;
    retrier.requested();
    long key = keys == null ? HttpRequest.UNKNOWN : keys.draw(keysRandom);
    send(new Call(calls++, mix.draw(pathsRandom), key, user, env.nowNanos(), 0));
  }

  private void send(Call call) {
    meter.attempted(call.path());
    String path = paths.get(call.path()).path();
    long deadline = env.nowNanos() + config.timeout().toNanos();
    env.request(
        call.retries() == 0 ? Purpose.REQUEST : Purpose.RETRY,
        target(),
        replyTo -> HttpRequest.until(deadline, path, call.key(), replyTo),
        config.timeout(),
        outcome -> new Answered(call, outcome));
  }

  private Address target() {
    if (config.pick() == LoadConfig.Pick.RANDOM) {
      return targetsRandom.pick(targets);
    }
    nextTarget = (nextTarget + 1) % targets.size();
    return targets.get(nextTarget);
  }

  private void resend(Call call) {
    long wait = retrier.waitNanos(call.retries());
    if (wait == 0) {
      send(call);
    } else {
      timers.startSingleTimer(
          "resend " + call.number(), new ResendDue(call), Duration.ofNanos(wait));
    }
  }

  private void end(Call call, Ending ending) {
    open--;
    meter.ended(call.path(), ending, env.nowNanos() - call.startNanos());
    if (call.user() != NOBODY && goesOn(call.user())) {
      think(call.user());
    }
  }
}
