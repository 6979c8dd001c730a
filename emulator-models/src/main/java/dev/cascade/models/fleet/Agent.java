package dev.cascade.models.fleet;

import dev.cascade.models.etcd.EtcdCall;
import dev.cascade.models.etcd.EtcdClient;
import dev.cascade.models.etcd.EtcdReply;
import dev.cascade.models.machine.Exec;
import dev.cascade.models.machine.UnitCall;
import dev.cascade.models.machine.UnitReply;
import dev.cascade.models.raft.Fields;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Metrics;
import dev.cascade.node.Outcome;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The part of a fleetd that has its machine's units started and stopped by the init system. It
 * remembers what it has launched, not how that does: a unit that fails is the init system's affair.
 * A fleetd that starts again has launched nothing, and so launches all once more, those that have
 * failed too.
 */
final class Agent {
  /** What the init system said. */
  record UnitAnswered(long round, String unit, boolean starts, Outcome outcome)
      implements WireMessage {}

  /** D-Bus gives up waiting for an answer after 25 s. */
  private static final Duration DBUS_TIMEOUT = Duration.ofSeconds(25);

  /** Names of unit files that fleet has put on this machine, as in {@code /run/fleet/units}. */
  private static final String LOADED = "fleet-units";

  private final Env<WireMessage> env;
  private final Exec exec;
  private final FleetConfig config;
  private final EtcdClient etcd;
  private final String id;
  private final SortedMap<String, String> metadata;
  private final long round;
  private final LongConsumer whenDone;
  private final Address init;
  private final Metrics.Gauge launchedUnits;

  private final TreeSet<String> loaded = new TreeSet<>();
  private final TreeSet<String> launched = new TreeSet<>();
  private final TreeSet<String> underWay = new TreeSet<>();
  private boolean isBusy;

  /**
   * An agent that has not looked yet.
   *
   * @param round tells this agent from others that this process had before
   * @param whenDone is told the last change that a look has seen
   */
  Agent(
      Env<WireMessage> env,
      Exec exec,
      FleetConfig config,
      EtcdClient etcd,
      SortedMap<String, String> metadata,
      long round,
      LongConsumer whenDone) {
    this.env = env;
    this.exec = exec;
    this.config = config;
    this.etcd = etcd;
    this.id = env.host().name();
    this.metadata = metadata;
    this.round = round;
    this.whenDone = whenDone;
    this.init = Address.of(id, UnitCall.PROCESS);
    this.launchedUnits = env.metrics().gauge("fleet_units_launched");
    loaded.addAll(exec.storage().read(LOADED).map(Fields::split).orElse(List.of()));
    show();
  }

  boolean isBusy() {
    return isBusy;
  }

  /** Whether the init system still has to answer. */
  boolean isWaiting() {
    return !underWay.isEmpty();
  }

  /** Looks, unless it does already. Without etcd all stays as it is. */
  void look() {
    if (isBusy) {
      return;
    }
    isBusy = true;
    etcd.ask(config.etcdTimeout(), to -> new EtcdCall.Get(Registry.JOBS, true, to), this::onUnits);
  }

  private void onUnits(@Nullable EtcdReply reply) {
    isBusy = false;
    long seen = 0;
    if (reply instanceof EtcdReply.Nodes units) {
      seen = units.index();
      TreeSet<String> wanted = new TreeSet<>();
      for (Registry.Job job : Registry.jobs(units.nodes()).values()) {
        if (isMine(job)) {
          wanted.add(job.unit().name());
        }
      }
      bringAbout(wanted);
    }
    whenDone.accept(seen);
  }

  private boolean isMine(Registry.Job job) {
    return job.launched()
        && (job.unit().global()
            ? ClusterPlan.fitsMachine(job.unit(), id, metadata)
            : id.equals(job.machine()));
  }

  private void bringAbout(SortedSet<String> wanted) {
    for (String unit : List.copyOf(loaded)) {
      if (!wanted.contains(unit)) {
        tell(unit, false);
      }
    }
    for (String unit : wanted) {
      if (!launched.contains(unit)) {
        tell(unit, true);
      }
    }
  }

  private void tell(String unit, boolean starts) {
    if (!underWay.add(unit)) {
      return; // the next look will see
    }
    if (starts && loaded.add(unit)) {
      keep();
    }
    env.request(
        init,
        to -> starts ? new UnitCall.StartUnit(unit, to) : new UnitCall.StopUnit(unit, to),
        DBUS_TIMEOUT,
        outcome -> new UnitAnswered(round, unit, starts, outcome));
  }

  /** Takes what the init system said; what it did not take is tried again at the next look. */
  void on(UnitAnswered answered) {
    if (answered.round() != round) {
      return; // asked by an agent before this one
    }
    String unit = answered.unit();
    underWay.remove(unit);
    boolean taken =
        answered.outcome() instanceof Outcome.Reply reply
            && reply.message() instanceof UnitReply.Queued;
    boolean unknown =
        answered.outcome() instanceof Outcome.Reply reply
            && reply.message() instanceof UnitReply.NotFound;
    if (answered.starts() && taken) {
      launched.add(unit);
      exec.log("AgentReconciler launched " + unit);
    } else if (!answered.starts() && (taken || unknown)) {
      launched.remove(unit);
      loaded.remove(unit);
      keep();
      exec.log("AgentReconciler unloaded " + unit);
    } else {
      env.metrics().counter("fleet_unit_calls_failed_total").increment();
      exec.log("AgentReconciler failed for " + unit);
    }
    show();
  }

  /** Has all units stopped. */
  void purge() {
    bringAbout(new TreeSet<>());
  }

  private void keep() {
    exec.storage().write(LOADED, Fields.join(List.copyOf(loaded)));
  }

  private void show() {
    launchedUnits.set(launched.size());
  }
}
