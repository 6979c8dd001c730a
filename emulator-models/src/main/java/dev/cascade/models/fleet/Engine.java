package dev.cascade.models.fleet;

import dev.cascade.models.etcd.EtcdCall;
import dev.cascade.models.etcd.EtcdClient;
import dev.cascade.models.etcd.EtcdNode;
import dev.cascade.models.etcd.EtcdReply;
import dev.cascade.models.machine.Exec;
import dev.cascade.node.Env;
import dev.cascade.node.Metrics;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The part of a fleetd that says which machine runs what, while it has the lease. Each look renews
 * the lease, reads all units and machines, and changes what has to be.
 */
final class Engine {
  private final Env<WireMessage> env;
  private final Exec exec;
  private final FleetConfig config;
  private final EtcdClient etcd;
  private final String id;
  private final LongConsumer whenDone;
  private final Metrics.Gauge leads;

  private boolean isBusy;
  private boolean wasLeader;
  private long seen;

  /**
   * An engine that has not looked yet.
   *
   * @param whenDone is told the last change that a look has seen
   */
  Engine(
      Env<WireMessage> env, Exec exec, FleetConfig config, EtcdClient etcd, LongConsumer whenDone) {
    this.env = env;
    this.exec = exec;
    this.config = config;
    this.etcd = etcd;
    this.id = env.host().name();
    this.whenDone = whenDone;
    this.leads = env.metrics().gauge("fleet_engine_leader");
    leads.set(0);
  }

  boolean isBusy() {
    return isBusy;
  }

  /** Looks, unless it does already. */
  void look() {
    if (isBusy) {
      return;
    }
    isBusy = true;
    ask(to -> new EtcdCall.Get(Registry.LEASE, false, to), this::onLease);
  }

  private void ask(Function<ReplyTo, EtcdCall> call, Consumer<@Nullable EtcdReply> then) {
    etcd.ask(config.etcdTimeout(), call, then);
  }

  private void onLease(@Nullable EtcdReply reply) {
    if (reply instanceof EtcdReply.Failed failed && failed.code() == EtcdReply.NOT_FOUND) {
      claim(EtcdCall.Condition.IS_NEW, 0);
      return;
    }
    EtcdNode lease =
        reply instanceof EtcdReply.Nodes found ? found.nodes().get(Registry.LEASE) : null;
    if (lease != null && lease.value().equals(id)) {
      claim(EtcdCall.Condition.UNCHANGED, lease.modified());
    } else {
      lead(false);
      done();
    }
  }

  private void claim(EtcdCall.Condition condition, long index) {
    long ttlNanos = config.engineLease().toNanos();
    ask(
        to -> new EtcdCall.Put(Registry.LEASE, id, ttlNanos, condition, index, to),
        reply -> {
          lead(reply instanceof EtcdReply.Written);
          if (wasLeader) {
            readUnits();
          } else {
            done();
          }
        });
  }

  private void lead(boolean leader) {
    if (leader != wasLeader) {
      wasLeader = leader;
      leads.set(leader ? 1 : 0);
      exec.log(leader ? "Engine leadership acquired" : "Engine leadership lost");
      if (leader) {
        env.event("fleet-engine-leads", "machine", id);
      }
    }
  }

  private void readUnits() {
    ask(
        to -> new EtcdCall.Get(Registry.JOBS, true, to),
        reply -> {
          if (reply instanceof EtcdReply.Nodes units) {
            seen = units.index();
            readMachines(units.nodes());
          } else {
            done();
          }
        });
  }

  private void readMachines(SortedMap<String, EtcdNode> units) {
    ask(
        to -> new EtcdCall.Get(Registry.MACHINES, true, to),
        reply -> {
          if (reply instanceof EtcdReply.Nodes machines) {
            env.metrics().gauge("fleet_machines").set(machines.nodes().size());
            perform(ClusterPlan.of(Registry.machines(machines.nodes()), Registry.jobs(units)), 0);
          } else {
            done();
          }
        });
  }

  /** One after the other; without etcd the rest is left to the next look. */
  private void perform(List<ClusterPlan.Task> tasks, int number) {
    if (number == tasks.size()) {
      done();
      return;
    }
    ClusterPlan.Task task = tasks.get(number);
    ask(
        to -> write(task, to),
        reply -> {
          if (reply == null) {
            done();
            return;
          }
          if (reply instanceof EtcdReply.Written) {
            tell(task);
          }
          perform(tasks, number + 1);
        });
  }

  private static EtcdCall write(ClusterPlan.Task task, ReplyTo to) {
    String key = Registry.target(task.unit());
    if (task instanceof ClusterPlan.Task.Unschedule unschedule) {
      return new EtcdCall.Delete(key, unschedule.since(), to);
    }
    String machine = ((ClusterPlan.Task.Schedule) task).machine();
    return new EtcdCall.Put(key, machine, 0, EtcdCall.Condition.IS_NEW, 0, to);
  }

  private void tell(ClusterPlan.Task task) {
    if (task instanceof ClusterPlan.Task.Unschedule away) {
      String reason = away.reason().word();
      env.metrics().counter("fleet_unschedules_total", "reason", reason).increment();
      env.event(
          "fleet-unit-unscheduled",
          "unit",
          away.unit(),
          "machine",
          away.machine(),
          "reason",
          reason);
      exec.log("EngineReconciler unscheduled " + away.unit() + ": " + reason);
    } else if (task instanceof ClusterPlan.Task.Schedule there) {
      env.metrics().counter("fleet_schedules_total").increment();
      env.event("fleet-unit-scheduled", "unit", there.unit(), "machine", there.machine());
      exec.log("EngineReconciler scheduled " + there.unit() + " to " + there.machine());
    }
  }

  private void done() {
    isBusy = false;
    whenDone.accept(seen);
  }
}
