package dev.cascade.models.fleet;

import dev.cascade.models.etcd.EtcdCall;
import dev.cascade.models.etcd.EtcdClient;
import dev.cascade.models.etcd.EtcdReply;
import dev.cascade.models.machine.Exec;
import dev.cascade.models.machine.Program;
import dev.cascade.models.machine.Terminate;
import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Outcome;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import dev.cascade.random.DurationText;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * A fleetd: it registers its machine, keeps its key alive, and lets its engine and its agent look,
 * now and then and whenever a unit's entry changes. When no heartbeat gets through it begins anew.
 *
 * <pre>
 *   registering -> running      the machine's key is set
 *   running     -> registering  no try of a heartbeat got through
 *   any         -> purging      SIGTERM: units are stopped, the key is taken away
 * </pre>
 */
public final class Fleetd extends AbstractBehavior<WireMessage> {
  /** What each fleetd counts. */
  public static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.gauge("fleet_engine_leader", "1 while this engine has the lease."),
          MetricInfo.gauge("fleet_machines", "Machines, as this engine last saw them."),
          MetricInfo.gauge("fleet_units_launched", "Units that this agent has launched."),
          MetricInfo.counter("fleet_schedules_total", "Units given to a machine."),
          MetricInfo.counter(
              "fleet_unschedules_total",
              "Units taken from a machine: machine-gone, inactive, unable.",
              "reason"),
          MetricInfo.counter(
              "fleet_heartbeats_total", "Tries to keep a key alive: ok or failed.", "result"),
          MetricInfo.counter(
              "fleet_registrations_total", "Tries to register: ok or failed.", "result"),
          MetricInfo.counter(
              "fleet_unit_calls_failed_total", "Calls that the init system did not take."));

  /** What is worth knowing. */
  public static final List<EventInfo> EVENTS =
      List.of(
          new EventInfo(
              "fleet-machine-registered", List.of("machine"), "A fleetd has set its key."),
          new EventInfo(
              "fleet-monitor-failed",
              List.of("machine"),
              "No try of a heartbeat got through; the fleetd begins anew."),
          new EventInfo("fleet-engine-leads", List.of("machine"), "An engine took the lease."),
          new EventInfo(
              "fleet-unit-scheduled",
              List.of("unit", "machine"),
              "An engine gave a unit to a machine."),
          new EventInfo(
              "fleet-unit-unscheduled",
              List.of("unit", "machine", "reason"),
              "An engine took a unit from a machine."));

  private enum RegisterDue implements WireMessage {
    INSTANCE
  }

  private enum BeatDue implements WireMessage {
    INSTANCE
  }

  private record BeatAgainDue(int attempt) implements WireMessage {}

  private enum EngineDue implements WireMessage {
    INSTANCE
  }

  private enum AgentDue implements WireMessage {
    INSTANCE
  }

  private enum WatchDue implements WireMessage {
    INSTANCE
  }

  private enum PurgeOver implements WireMessage {
    INSTANCE
  }

  /** How long a watch stays open before it is asked again: a guess, as clients poll. */
  private static final Duration WATCH = Duration.ofSeconds(60);

  /** fleet waits a second before it watches again after an error (registry/event.go). */
  private static final Duration WATCH_AGAIN = Duration.ofSeconds(1);

  /** systemd's patience after SIGTERM is longer, 90 s. */
  private static final Duration PURGE_MOST = Duration.ofSeconds(30);

  private final Env<WireMessage> env;
  private final TimerScheduler<WireMessage> timers;
  private final Exec exec;
  private final FleetConfig config;
  private final EtcdClient etcd;
  private final String id;
  private final SortedMap<String, String> metadata;
  private final boolean takesOver;

  private Engine engine;
  private Agent agent;
  private long round;
  private boolean purging;
  private boolean keyGone;
  private boolean watching;
  private long seen;
  private Duration backoff;

  private Fleetd(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      Exec exec,
      FleetConfig config,
      List<Address> etcdMembers,
      SortedMap<String, String> metadata,
      boolean takesOver) {
    super(env.context());
    this.takesOver = takesOver;
    this.env = env;
    this.timers = timers;
    this.exec = exec;
    this.config = config;
    this.etcd = new EtcdClient(env, etcdMembers);
    this.id = env.host().name();
    this.metadata = metadata;
    this.backoff = config.registerBackoff();
    this.engine = newEngine();
    this.agent = newAgent();
    env.costs(this::cost);
    getContext().getSelf().tell(RegisterDue.INSTANCE);
  }

  /**
   * The program of a fleetd.
   *
   * @param etcd the members of etcd
   * @param metadata what the machine says of itself
   */
  public static Program program(
      FleetConfig config, List<Address> etcd, SortedMap<String, String> metadata) {
    return program(config, etcd, metadata, true);
  }

  /**
   * The same, which may have to wait when it starts.
   *
   * @param takesOver whether a new process takes over the key of one that died; else it waits until
   *     that has gone, and its units have moved (fleet's server.go: Register fails if there is a
   *     key, and Beat is only for a server that restarts in itself)
   */
  public static Program program(
      FleetConfig config,
      List<Address> etcd,
      SortedMap<String, String> metadata,
      boolean takesOver) {
    SortedMap<String, String> copy = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    return new Program() {
      @Override
      public Behavior<WireMessage> main(Env<WireMessage> env, Exec exec) {
        return Behaviors.withTimers(
            timers -> new Fleetd(env, timers, exec, config, etcd, copy, takesOver));
      }

      @Override
      public boolean catchesTerm() {
        return true;
      }
    };
  }

  private Engine newEngine() {
    return new Engine(env, exec, config, etcd, this::onLooked);
  }

  private Agent newAgent() {
    return new Agent(env, exec, config, etcd, metadata, round, this::onLooked);
  }

  private Cost cost(WireMessage message) {
    long nanos = config.messageCpu().toNanos();
    if (message instanceof EtcdClient.Answered answered
        && answered.outcome() instanceof Outcome.Reply reply
        && reply.message() instanceof EtcdReply.Nodes nodes) {
      nanos += config.unitCpu().toNanos() * nodes.nodes().size() / Registry.KEYS_OF_A_UNIT;
    }
    return new Cost(nanos, 0);
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(RegisterDue.class, this::onRegisterDue)
        .onMessage(BeatDue.class, this::onBeatDue)
        .onMessage(BeatAgainDue.class, this::onBeatAgainDue)
        .onMessage(EngineDue.class, this::onEngineDue)
        .onMessage(AgentDue.class, this::onAgentDue)
        .onMessage(WatchDue.class, this::onWatchDue)
        .onMessage(EtcdClient.Answered.class, this::onEtcdAnswered)
        .onMessage(Agent.UnitAnswered.class, this::onUnitAnswered)
        .onMessage(Terminate.class, this::onTerminate)
        .onMessage(PurgeOver.class, this::onPurgeOver)
        .build();
  }

  // ---- the machine's key

  private EtcdCall setKey(EtcdCall.Condition condition, ReplyTo to) {
    return new EtcdCall.Put(
        Registry.machine(id),
        Registry.metadata(metadata),
        config.agentTtl().toNanos(),
        condition,
        0,
        to);
  }

  private Behavior<WireMessage> onRegisterDue(RegisterDue due) {
    if (purging) {
      return this;
    }
    EtcdCall.Condition condition =
        round == 0 && !takesOver ? EtcdCall.Condition.IS_NEW : EtcdCall.Condition.NONE;
    etcd.ask(
        config.etcdTimeout(),
        to -> setKey(condition, to),
        reply -> {
          boolean done = reply instanceof EtcdReply.Written;
          count("fleet_registrations_total", done);
          if (done) {
            run();
          } else {
            exec.log("Server register machine failed, retrying in " + DurationText.format(backoff));
            timers.startSingleTimer(RegisterDue.INSTANCE, RegisterDue.INSTANCE, backoff);
            Duration twice = backoff.multipliedBy(2);
            Duration most = config.registerBackoffMax();
            backoff = twice.compareTo(most) < 0 ? twice : most;
          }
        });
    return this;
  }

  private void run() {
    env.event("fleet-machine-registered", "machine", id);
    exec.log("Starting server components");
    timers.startSingleTimer(BeatDue.INSTANCE, BeatDue.INSTANCE, config.heartbeatInterval());
    timers.startTimerWithFixedDelay(
        EngineDue.INSTANCE, EngineDue.INSTANCE, config.engineInterval());
    timers.startTimerWithFixedDelay(AgentDue.INSTANCE, AgentDue.INSTANCE, config.agentInterval());
    engine.look();
    agent.look();
  }

  private Behavior<WireMessage> onBeatDue(BeatDue due) {
    timers.startSingleTimer(BeatDue.INSTANCE, BeatDue.INSTANCE, config.heartbeatInterval());
    beat(1);
    return this;
  }

  private Behavior<WireMessage> onBeatAgainDue(BeatAgainDue due) {
    beat(due.attempt());
    return this;
  }

  private void beat(int attempt) {
    long begun = env.nowNanos();
    etcd.ask(
        config.etcdTimeout(),
        to -> setKey(EtcdCall.Condition.NONE, to),
        reply -> {
          boolean done = reply instanceof EtcdReply.Written;
          count("fleet_heartbeats_total", done);
          if (done) {
            return;
          }
          if (attempt < FleetConfig.HEARTBEAT_TRIES) {
            long next = begun + config.heartbeatRetry().toNanos();
            timers.startSingleTimer(
                new BeatAgainDue(attempt + 1),
                Duration.ofNanos(Math.max(1, next - env.nowNanos())));
          } else {
            beginAnew();
          }
        });
  }

  /** Its units run on; an engine that still has etcd takes them away when the key is dead. */
  private void beginAnew() {
    env.event("fleet-monitor-failed", "machine", id);
    exec.log("Server monitor triggered: Monitor timed out before successful heartbeat");
    timers.cancelAll();
    etcd.forget();
    watching = false;
    round++;
    engine = newEngine();
    agent = newAgent();
    backoff = config.registerBackoff();
    getContext().getSelf().tell(RegisterDue.INSTANCE);
  }

  private void count(String metric, boolean done) {
    env.metrics().counter(metric, "result", done ? "ok" : "failed").increment();
  }

  // ---- looking

  private Behavior<WireMessage> onEngineDue(EngineDue due) {
    engine.look();
    return this;
  }

  private Behavior<WireMessage> onAgentDue(AgentDue due) {
    agent.look();
    return this;
  }

  private void onLooked(long index) {
    seen = Math.max(seen, index);
    if (!watching && !purging && !engine.isBusy() && !agent.isBusy()) {
      watch();
    }
  }

  private void watch() {
    watching = true;
    etcd.ask(
        WATCH.plus(config.etcdTimeout()),
        to -> new EtcdCall.Watch(Registry.JOBS, seen, WATCH.toNanos(), to),
        this::onWatched);
  }

  private void onWatched(@Nullable EtcdReply reply) {
    watching = false;
    if (reply instanceof EtcdReply.NothingChanged) {
      watch();
    } else if (reply == null) {
      watching = true;
      timers.startSingleTimer(WatchDue.INSTANCE, WatchDue.INSTANCE, WATCH_AGAIN);
    } else {
      seen = Math.max(seen, reply.index());
      engine.look();
      agent.look();
    }
  }

  private Behavior<WireMessage> onWatchDue(WatchDue due) {
    watch();
    return this;
  }

  private Behavior<WireMessage> onEtcdAnswered(EtcdClient.Answered answered) {
    etcd.on(answered);
    return this;
  }

  private Behavior<WireMessage> onUnitAnswered(Agent.UnitAnswered answered) {
    agent.on(answered);
    exitIfPurged();
    return this;
  }

  // ---- SIGTERM

  private Behavior<WireMessage> onTerminate(Terminate terminate) {
    purging = true;
    timers.cancelAll();
    etcd.forget();
    timers.startSingleTimer(PurgeOver.INSTANCE, PurgeOver.INSTANCE, PURGE_MOST);
    agent.purge();
    etcd.ask(
        config.etcdTimeout(),
        to -> new EtcdCall.Delete(Registry.machine(id), 0, to),
        reply -> {
          keyGone = true; // or etcd is away, and it dies by itself
          exitIfPurged();
        });
    return this;
  }

  private void exitIfPurged() {
    if (purging && keyGone && !agent.isWaiting()) {
      exec.exit(0);
    }
  }

  private Behavior<WireMessage> onPurgeOver(PurgeOver over) {
    exec.exit(0);
    return this;
  }
}
