package dev.cascade.models.spartan;

import dev.cascade.models.logs.Log;
import dev.cascade.models.records.Level;
import dev.cascade.models.sparta.InOrder;
import dev.cascade.models.sparta.Wire;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The client in one service. It takes in only what is no older than what it knows; if it cannot
 * tell that it is right, it leaves the ring, forgets all, and joins again.
 */
final class Spartan extends AbstractBehavior<WireMessage> {
  /** An operator cuts a client's connection; it finds itself another instance. */
  record Reconnect(@Nullable String from, @Nullable String to) implements WireMessage {}

  /** What the client tells itself; no such message crosses the network. */
  private sealed interface Local extends WireMessage {}

  private record OpenAnswered(long session, Outcome outcome) implements Local {}

  private record ResyncAnswered(long session, Outcome outcome) implements Local {}

  private record PingAnswered(long session, Outcome outcome) implements Local {}

  private record Closed() implements Local {}

  private enum Due implements Local {
    CONNECT,
    PING,
    RESYNC
  }

  /** Where the client stands. */
  private enum State {
    /** It has no session, and will try to open one. */
    WAITING,
    /** It has asked for one. */
    OPENING,
    /** It has one. */
    CONNECTED
  }

  private final Env<WireMessage> env;
  private final TimerScheduler<WireMessage> timers;
  private final SpartanConfig config;
  private final List<Address> instances;
  private final int service;
  private final List<Integer> subscriptions;
  private final View view;
  private final SpartanMeter meter;
  private final Log log;
  private final RandomStream delay;
  private final RandomStream choice;

  private State state = State.WAITING;
  private long session = -1;
  private int instance;
  private long heardNanos; // from a session's instance, at last
  private InOrder<Wire.Delta> changes = new InOrder<>(0);
  private boolean resyncing;
  private int evictionsInRow;
  private long evictedNanos = Long.MIN_VALUE / 2;

  private Spartan(
      Env<WireMessage> env, TimerScheduler<WireMessage> timers, SpartanConfig config, Setup setup) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = config;
    this.instances = setup.instances();
    this.service = setup.service();
    this.subscriptions = setup.subscriptions();
    this.view = setup.view();
    this.meter = setup.meter();
    this.log = setup.log();
    this.delay = env.random("delay");
    this.choice = env.random("instance");
    this.heardNanos = env.nowNanos();
    // Sessions of one name must differ over its restarts; the first hour's are in turn.
    this.session = env.nowNanos() - 1;
    this.instance = service % instances.size();
    timers.startTimerWithFixedDelay(Due.PING, config.pingInterval());
    open();
  }

  /**
   * What a client is told when it starts.
   *
   * @param instances of the cluster
   * @param service its number
   * @param subscriptions the services that it wants to know of
   * @param view where it keeps what it knows
   */
  record Setup(
      List<Address> instances,
      int service,
      List<Integer> subscriptions,
      View view,
      SpartanMeter meter,
      Log log) {
    Setup {
      instances = List.copyOf(instances);
      subscriptions = List.copyOf(subscriptions);
    }
  }

  static ProcessSpec<WireMessage> spec(SpartanConfig config, Setup setup) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new Spartan(env, timers, config, setup)));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Wire.Delta.class, this::onDelta)
        .onMessage(Reconnect.class, this::onReconnect)
        .onMessage(OpenAnswered.class, this::onOpenAnswered)
        .onMessage(ResyncAnswered.class, this::onResyncAnswered)
        .onMessage(PingAnswered.class, this::onPingAnswered)
        .onMessage(Closed.class, closed -> this)
        .onMessage(Due.class, this::onDue)
        .build();
  }

  // ---- sessions

  private void open() {
    state = State.OPENING;
    session++;
    resyncing = false;
    long asked = session;
    meter.attempted();
    env.request(
        instances.get(instance),
        replyTo ->
            new Wire.Open(service, asked, env.self(), view.version(), subscriptions, replyTo),
        config.connectTimeout(),
        outcome -> new OpenAnswered(asked, outcome));
  }

  private Behavior<WireMessage> onOpenAnswered(OpenAnswered answered) {
    if (answered.session() != session || state != State.OPENING) {
      return this; // given up
    }
    if (answered.outcome() instanceof Outcome.Reply reply
        && reply.message() instanceof Wire.Snapshot snapshot) {
      state = State.CONNECTED;
      changes = new InOrder<>(snapshot.next());
      take(snapshot);
    } else {
      meter.attemptFailed();
      log.write(Level.ERROR, "cannot_open_session", config.traceLines());
      lose();
    }
    return this;
  }

  /** The connection is lost: another instance is tried. */
  private void lose() {
    state = State.WAITING;
    if (view.inRing() && silentNanos() >= config.sessionTimeout().toNanos()) {
      drop("silence"); // as good as over: somebody else may have been told so
    }
    connectAfter(config.reconnect().sample(delay, config.unit()));
  }

  private void connectAfter(Duration time) {
    if (instances.size() > 1) {
      instance = (instance + 1 + choice.nextInt(instances.size() - 1)) % instances.size();
    }
    timers.startSingleTimer(Due.CONNECT, Due.CONNECT, time);
  }

  private long silentNanos() {
    return env.nowNanos() - heardNanos;
  }

  private Behavior<WireMessage> onDue(Due due) {
    switch (due) {
      case CONNECT -> {
        if (state == State.WAITING) {
          open();
        }
      }
      case PING -> ping();
      case RESYNC -> {
        if (state == State.CONNECTED && !resyncing) {
          resync();
        }
      }
    }
    return this;
  }

  private void ping() {
    if (state != State.CONNECTED) {
      return;
    }
    if (silentNanos() >= config.readTimeout().toNanos()) {
      meter.lost("silence");
      lose();
      return;
    }
    long asked = session;
    env.request(
        instances.get(instance),
        replyTo -> new Wire.Ping(service, asked, replyTo),
        config.readTimeout(),
        outcome -> new PingAnswered(asked, outcome));
  }

  private Behavior<WireMessage> onPingAnswered(PingAnswered answered) {
    if (answered.session() != session || state != State.CONNECTED) {
      return this;
    }
    if (answered.outcome() instanceof Outcome.Reply reply) {
      if (reply.message() instanceof Wire.Pong) {
        heardNanos = env.nowNanos();
      } else {
        evict("expired", false);
      }
    } else if (!(answered.outcome() instanceof Outcome.TimedOut)) {
      meter.lost("reset");
      lose();
    } else {
      meter.pingMissed();
    }
    return this;
  }

  private Behavior<WireMessage> onReconnect(Reconnect command) {
    String at = instances.get(instance).host();
    if (state == State.CONNECTED && (command.from() == null || command.from().equals(at))) {
      close(false);
      meter.lost("cut");
      lose();
      for (int i = 0; i < instances.size(); i++) {
        if (instances.get(i).host().equals(command.to())) {
          instance = i;
        }
      }
    }
    return this;
  }

  private void close(boolean evicted) {
    long closed = session;
    env.request(
        instances.get(instance),
        replyTo -> new Wire.Close(service, closed, evicted, replyTo),
        config.connectTimeout(),
        outcome -> new Closed());
  }

  // ---- what the client knows

  private Behavior<WireMessage> onDelta(Wire.Delta delta) {
    if (state == State.CONNECTED && delta.session() == session) {
      heardNanos = env.nowNanos();
      for (Wire.Delta each : changes.take(delta.number(), delta)) {
        if (state == State.CONNECTED && !resyncing) {
          take(each);
        }
      }
    }
    return this;
  }

  private void take(Wire.Delta delta) {
    View.Fit fit = view.apply(delta);
    if (fit != View.Fit.APPLIED) {
      if (fit == View.Fit.OLDER) {
        meter.sawOlder(view.version(), delta.version());
      }
      resync();
    }
    meter.show(view);
  }

  private void resync() {
    resyncing = true;
    long asked = session;
    env.request(
        instances.get(instance),
        replyTo -> new Wire.Resync(service, asked, view.version(), replyTo),
        config.connectTimeout(),
        outcome -> new ResyncAnswered(asked, outcome));
  }

  private Behavior<WireMessage> onResyncAnswered(ResyncAnswered answered) {
    if (answered.session() != session || state != State.CONNECTED) {
      return this;
    }
    resyncing = false;
    if (answered.outcome() instanceof Outcome.Reply reply) {
      if (reply.message() instanceof Wire.Snapshot snapshot) {
        changes = new InOrder<>(snapshot.next());
        take(snapshot);
      } else {
        evict("expired", false);
      }
    } else {
      meter.lost("resync");
      lose();
    }
    return this;
  }

  private void take(Wire.Snapshot snapshot) {
    heardNanos = env.nowNanos();
    long known = view.version();
    if (view.apply(snapshot) == View.Fit.OLDER) {
      meter.sawOlder(known, snapshot.allocation().version());
      if (config.onOlder() == OnOlder.KEEP) {
        timers.startSingleTimer(Due.RESYNC, Due.RESYNC, config.keepRetry());
      } else {
        evict("older", true);
      }
    }
    meter.show(view);
  }

  /** Leaves the ring, and joins it again later. */
  private void evict(String reason, boolean hasSession) {
    if (hasSession) {
      close(true);
    }
    drop(reason);
    state = State.WAITING;
    connectAfter(rejoinTime());
  }

  /** Doubles while the client leaves the ring again before it has stayed in it for as long. */
  private Duration rejoinTime() {
    Duration time = config.rejoin().sample(delay, config.unit());
    if (config.rejoinMax() == null) {
      return time;
    }
    double maxNanos = config.rejoinMax() * config.unit().toNanos();
    evictionsInRow = env.nowNanos() - evictedNanos > 2 * maxNanos ? 0 : evictionsInRow + 1;
    evictedNanos = env.nowNanos();
    double factor =
        Math.min(
            (double) (1L << Math.min(evictionsInRow, 20)),
            maxNanos / (config.rejoin().max() * config.unit().toNanos()));
    return Duration.ofNanos(Math.round(time.toNanos() * factor));
  }

  private void drop(String reason) {
    view.drop();
    meter.evicted(reason);
    log.write(Level.ERROR, "left_the_ring", config.traceLines());
    meter.show(view);
  }
}
