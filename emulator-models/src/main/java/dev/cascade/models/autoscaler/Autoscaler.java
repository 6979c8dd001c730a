package dev.cascade.models.autoscaler;

import dev.cascade.models.discovery.Endpoints;
import dev.cascade.models.discovery.Watch;
import dev.cascade.models.discovery.Watchers;
import dev.cascade.models.service.ServiceModel;
import dev.cascade.models.service.UsageAgent;
import dev.cascade.node.Address;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.Metrics;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Asks the replicas of one service how busy they are, starts and ends hosts for them, and tells
 * those that watch where they serve. It knows of a replica only what that one's agent says.
 */
final class Autoscaler extends AbstractBehavior<WireMessage> {
  static final String PROCESS = "autoscaler";

  /** The name under which the disk keeps the replicas. */
  private static final String FILE = "replicas";

  /** The name under which it keeps how often they have changed. */
  private static final String REVISION = "revision";

  // What it says to itself never crosses the network.

  private enum SyncDue implements WireMessage {
    INSTANCE
  }

  private record Told(long sync, Address server, Outcome outcome) implements WireMessage {}

  private record Drained(int number) implements WireMessage {}

  private final Env<WireMessage> env;
  private final TimerScheduler<WireMessage> timers;
  private final AutoscalerConfig config;
  private final List<String> zones;

  private final Replicas replicas;
  private final ReplicaCalculator calculator;
  private final Stabilization stabilization;
  private final Watchers watchers = new Watchers();
  private final Map<Address, UsageAgent.Reading> readings = new TreeMap<>(); // the last of each
  private final List<Double> measured = new ArrayList<>(); // in this sync
  private final Metrics.Gauge desired;
  private final Metrics.Gauge ready;
  private final Metrics.Gauge utilization;

  private long revision;
  private long sync;
  private int silent; // that have not answered in this sync

  private Autoscaler(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      AutoscalerConfig config,
      List<String> zones,
      List<Address> first) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = config;
    this.zones = zones;
    this.replicas = new Replicas(config.target(), first);
    this.calculator =
        new ReplicaCalculator(config.averageUtilization().value(), config.tolerance().value());
    this.stabilization = new Stabilization(config.downscaleStabilization().toNanos());
    String[] labels = {"autoscaler", env.host().entry(), "service", config.target()};
    this.desired = env.metrics().gauge("autoscaler_desired_replicas", labels);
    this.ready = env.metrics().gauge("autoscaler_ready_replicas", labels);
    this.utilization = env.metrics().gauge("autoscaler_utilization", labels);
    disk().read(REVISION, Long.class).ifPresent(kept -> revision = kept);
    disk().read(FILE, Replicas.Kept.class).ifPresent(replicas::restore);
    replicas.draining().forEach(this::awaitDrained);
    changed();
    timers.startTimerAtFixedRate(SyncDue.INSTANCE, config.syncPeriod());
  }

  /**
   * An autoscaler as a process.
   *
   * @param zones that new replicas are dealt over in turn
   * @param first where the service serves as this starts
   */
  static ProcessSpec<WireMessage> spec(
      AutoscalerConfig config, List<String> zones, List<Address> first) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new Autoscaler(env, timers, config, zones, first)));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Watch.class, this::onWatch)
        .onMessage(UsageAgent.Register.class, this::onRegister)
        .onMessage(SyncDue.class, this::onSyncDue)
        .onMessage(Told.class, this::onTold)
        .onMessage(Drained.class, this::onDrained)
        .build();
  }

  // ---- who wants to know, and who is new

  private Behavior<WireMessage> onWatch(Watch watch) {
    watchers.heard(watch.watcher(), env.now());
    env.send(watch.watcher(), new Endpoints(revision, replicas.serving()));
    return this;
  }

  private Behavior<WireMessage> onRegister(UsageAgent.Register register) {
    env.reply(register.replyTo(), new UsageAgent.Registered());
    if (replicas.started(register.server())) {
      happened("replica-ready", register.server().host());
      changed();
    } else {
      replicas.startedInVain(register.server()).ifPresent(this::awaitDrained);
      keep();
    }
    return this;
  }

  // ---- how busy they are

  private Behavior<WireMessage> onSyncDue(SyncDue due) {
    sync++;
    measured.clear();
    List<Address> asked = replicas.serving();
    silent = asked.size();
    for (Address server : asked) {
      long number = sync;
      env.request(
          Address.of(server.host(), UsageAgent.PROCESS),
          UsageAgent.Read::new,
          config.syncPeriod().dividedBy(2), // all have told or are given up before the next
          outcome -> new Told(number, server, outcome));
    }
    return this;
  }

  private Behavior<WireMessage> onTold(Told told) {
    if (told.sync() != sync) {
      return this; // the process stood still meanwhile
    }
    if (told.outcome() instanceof Outcome.Reply reply
        && reply.message() instanceof UsageAgent.Reading now) {
      UsageAgent.Reading before = readings.put(told.server(), now);
      if (before != null && before.atNanos() < now.atNanos()) {
        measured.add(config.metric().between(before, now));
      }
    }
    if (--silent == 0) {
      decide();
    }
    return this;
  }

  private void decide() {
    int now = replicas.size();
    measured.stream().mapToDouble(Double::doubleValue).average().ifPresent(utilization::set);
    int wanted = calculator.desired(now, measured, now - measured.size());
    int bounded =
        Math.max(
            config.minReplicas(),
            Math.min(Math.min(config.maxReplicas(), ReplicaCalculator.limit(now)), wanted));
    int stable = stabilization.stable(env.nowNanos(), bounded);
    scale(now, bounded > now ? bounded : Math.min(now, stable));
  }

  // ---- replicas that come and go

  private void scale(int from, int to) {
    if (from == to) {
      return;
    }
    env.event(
        "service-scaled",
        "autoscaler",
        env.host().entry(),
        "service",
        config.target(),
        "from",
        Integer.toString(from),
        "to",
        Integer.toString(to));
    for (int i = from; i < to; i++) {
      launch(replicas.start());
    }
    for (int number : replicas.remove(from - to)) {
      happened("replica-draining", replicas.host(number));
      awaitDrained(number);
    }
    changed();
  }

  private void launch(int number) {
    env.fleet()
        .launch(
            config.target(),
            ServiceModel.TEMPLATE,
            replicas.host(number),
            zones.get((number - 1) % zones.size()),
            config.startTime(),
            Map.of(UsageAgent.REGISTRY, env.self().toString()));
  }

  private void awaitDrained(int number) {
    timers.startSingleTimer(
        "drained " + number, new Drained(number), config.terminationGracePeriod());
  }

  private Behavior<WireMessage> onDrained(Drained drained) {
    String host = replicas.host(drained.number());
    env.fleet().terminate(host);
    replicas.gone(drained.number());
    readings.remove(Address.of(host, ServiceModel.PROCESS));
    happened("replica-terminated", host);
    keep();
    return this;
  }

  private void changed() {
    revision++;
    keep();
    Endpoints now = new Endpoints(revision, replicas.serving());
    for (Address watcher : watchers.current(env.now())) {
      env.send(watcher, now);
    }
  }

  private void keep() {
    disk().write(FILE, replicas.kept());
    disk().write(REVISION, revision);
    desired.set(replicas.size());
    ready.set(replicas.serving().size());
  }

  private Disk disk() {
    return env.disk(Disk.Lifetime.MACHINE);
  }

  private void happened(String event, String host) {
    env.event(event, "autoscaler", env.host().entry(), "service", config.target(), "replica", host);
  }
}
