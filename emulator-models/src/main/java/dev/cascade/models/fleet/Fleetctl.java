package dev.cascade.models.fleet;

import dev.cascade.models.etcd.EtcdCall;
import dev.cascade.models.etcd.EtcdClient;
import dev.cascade.models.etcd.EtcdReply;
import dev.cascade.models.machine.Program;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * An operator's fleetctl, as with {@code --no-block}: it writes what is wanted into etcd, one key
 * after the other, and tries again until it is there.
 */
public final class Fleetctl extends AbstractBehavior<WireMessage> {
  /** What it counts. */
  public static final List<MetricInfo> METRICS =
      List.of(MetricInfo.gauge("fleetctl_writes_open", "Keys that are not written yet."));

  /** {@code fleetctl start} of units that fleet may not know yet. */
  public record Submit(List<FleetUnit> units) implements WireMessage {
    public Submit {
      units = List.copyOf(units);
    }
  }

  /**
   * {@code fleetctl start} and {@code stop} of units that fleet knows.
   *
   * @param launched whether they are to run
   */
  public record SetTarget(List<String> units, boolean launched) implements WireMessage {
    public SetTarget {
      units = List.copyOf(units);
    }
  }

  private enum TryDue implements WireMessage {
    INSTANCE
  }

  /** etcd's time-out of fleetctl, and the pause after it: guesses. */
  private static final Duration ETCD_TIMEOUT = Duration.ofSeconds(3);

  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  /** Keys that wait; an operator's patience is shorter. */
  private static final int WRITES_MOST = 10_000;

  private final Env<WireMessage> env;
  private final TimerScheduler<WireMessage> timers;
  private final EtcdClient etcd;
  private final Metrics.Gauge open;

  private final Deque<Function<ReplyTo, EtcdCall>> writes = new ArrayDeque<>();
  private boolean isBusy;

  private Fleetctl(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      List<FleetUnit> units,
      List<Address> members) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.etcd = new EtcdClient(env, members);
    this.open = env.metrics().gauge("fleetctl_writes_open");
    submit(units);
    getContext().getSelf().tell(TryDue.INSTANCE);
  }

  /**
   * The program of an operator who submits and starts units, and then waits for what else is
   * wanted.
   *
   * @param etcd the members of etcd
   */
  public static Program program(List<FleetUnit> units, List<Address> etcd) {
    List<FleetUnit> copy = List.copyOf(units);
    return (env, exec) -> Behaviors.withTimers(timers -> new Fleetctl(env, timers, copy, etcd));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Submit.class, this::onSubmit)
        .onMessage(SetTarget.class, this::onSetTarget)
        .onMessage(TryDue.class, this::onTryDue)
        .onMessage(EtcdClient.Answered.class, this::onEtcdAnswered)
        .build();
  }

  private Behavior<WireMessage> onSubmit(Submit submit) {
    if (hasRoom(submit, 2 * submit.units().size())) {
      submit(submit.units());
      next();
    }
    return this;
  }

  private void submit(List<FleetUnit> units) {
    for (FleetUnit unit : units) {
      put(Registry.object(unit.name()), unit.text());
      put(Registry.wanted(unit.name()), Registry.LAUNCHED);
    }
  }

  private boolean hasRoom(WireMessage command, int more) {
    boolean has = writes.size() + more <= WRITES_MOST;
    if (!has) {
      env.dropped(command, "too-many-writes");
    }
    return has;
  }

  private Behavior<WireMessage> onSetTarget(SetTarget target) {
    if (!hasRoom(target, target.units().size())) {
      return this;
    }
    for (String unit : target.units()) {
      put(Registry.wanted(unit), target.launched() ? Registry.LAUNCHED : Registry.INACTIVE);
    }
    next();
    return this;
  }

  private void put(String key, String value) {
    writes.addLast(to -> new EtcdCall.Put(key, value, 0, EtcdCall.Condition.NONE, 0, to));
  }

  private Behavior<WireMessage> onTryDue(TryDue due) {
    isBusy = false;
    next();
    return this;
  }

  private void next() {
    open.set(writes.size());
    if (isBusy || writes.isEmpty()) {
      return;
    }
    isBusy = true;
    etcd.ask(
        ETCD_TIMEOUT,
        writes.getFirst(),
        reply -> {
          if (reply instanceof EtcdReply.Written) {
            writes.removeFirst();
            isBusy = false;
            next();
          } else {
            timers.startSingleTimer(TryDue.INSTANCE, TryDue.INSTANCE, TRY_AGAIN);
          }
        });
  }

  private Behavior<WireMessage> onEtcdAnswered(EtcdClient.Answered answered) {
    etcd.on(answered);
    return this;
  }
}
