package dev.cascade.models.etcd;

import dev.cascade.models.machine.Exec;
import dev.cascade.models.machine.Program;
import dev.cascade.models.raft.Calls;
import dev.cascade.models.raft.LeaderCall;
import dev.cascade.models.raft.RaftMessage;
import dev.cascade.models.raft.RaftNode;
import dev.cascade.models.raft.RaftSetup;
import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.WireMessage;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** A member of etcd: reads and watches are its own affair, writes the leader's. */
public final class EtcdMember extends AbstractBehavior<WireMessage> {
  /** What each member counts. */
  public static final List<MetricInfo> METRICS =
      Stream.concat(
              RaftNode.METRICS.stream(),
              Stream.of(
                  MetricInfo.gauge("etcd_keys", "Keys that this member has.", "service"),
                  MetricInfo.gauge("etcd_watches", "Watches that are open.", "service"),
                  MetricInfo.counter(
                      "etcd_calls_total",
                      "Calls of clients by their answer: 200, etcd's code, or refused.",
                      "service",
                      "op",
                      "status"),
                  MetricInfo.counter(
                      "etcd_keys_expired_total",
                      "Keys whose time was over, as this member heard.",
                      "service")))
          .toList();

  /** What is worth knowing. */
  public static final List<EventInfo> EVENTS = RaftNode.EVENTS;

  private enum ExpiryDue implements WireMessage {
    INSTANCE
  }

  private final Env<WireMessage> env;
  private final EtcdConfig config;
  private final String service;
  private final EtcdStore store;
  private final Watches watches;
  private final RaftNode node;
  private final Calls calls;
  private final Metrics.Gauge keys;
  private final Metrics.Gauge watching;
  private final Metrics.Counter expired;

  private EtcdMember(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      Exec exec,
      EtcdConfig config,
      RaftSetup setup) {
    super(env.context());
    this.env = env;
    this.config = config;
    this.service = setup.service();
    this.keys = env.metrics().gauge("etcd_keys", "service", service);
    this.watching = env.metrics().gauge("etcd_watches", "service", service);
    this.expired = env.metrics().counter("etcd_keys_expired_total", "service", service);
    this.watches = new Watches(env, timers, config.watches());
    this.store = new EtcdStore(config.history(), this::onChange);
    this.node = new RaftNode(env, timers, exec, setup, store);
    this.calls =
        new Calls(env, timers, node, new Desk(), config.requestTimeout(), config.openCalls());
    env.costs(this::cost);
    timers.startTimerWithFixedDelay(
        ExpiryDue.INSTANCE, ExpiryDue.INSTANCE, config.expiryInterval());
    show();
  }

  /**
   * The program of a member.
   *
   * @param service the name of the cluster, as metrics have it
   * @param members all members, the one on this host included, in the same order everywhere
   */
  public static Program program(String service, EtcdConfig config, List<Address> members) {
    RaftSetup setup = new RaftSetup(service, members, config.timing(), false);
    return (env, exec) ->
        Behaviors.withTimers(timers -> new EtcdMember(env, timers, exec, config, setup));
  }

  /** What is written waits for the disk; the rest is in memory. */
  private Cost cost(WireMessage message) {
    if (message instanceof RaftNode.Due || message instanceof ExpiryDue) {
      return Cost.FREE;
    }
    boolean writes =
        (message instanceof RaftMessage.Append append && !append.entries().isEmpty())
            || message instanceof RaftMessage.Install
            || message instanceof RaftMessage.RequestVote
            || (message instanceof EtcdCall.Write && node.isReady());
    return writes ? Cost.of(config.messageCpu(), config.sync()) : Cost.work(config.messageCpu());
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(EtcdCall.Get.class, this::onGet)
        .onMessage(EtcdCall.Watch.class, this::onWatch)
        .onMessage(EtcdCall.Write.class, this::onWrite)
        .onMessage(RaftMessage.class, this::onRaftMessage)
        .onMessage(RaftNode.Due.class, this::onDue)
        .onMessage(Calls.Notice.class, this::onNotice)
        .onMessage(Watches.WaitOver.class, this::onWaitOver)
        .onMessage(ExpiryDue.class, this::onExpiryDue)
        .build();
  }

  private Behavior<WireMessage> onGet(EtcdCall.Get get) {
    EtcdReply answer = get.recursive() ? store.list(get.key()) : store.get(get.key());
    count(get.op(), answer);
    env.reply(get.replyTo(), answer);
    return this;
  }

  private Behavior<WireMessage> onWatch(EtcdCall.Watch watch) {
    if (!watches.take(watch, store)) {
      count(watch.op(), null);
    }
    return show();
  }

  private Behavior<WireMessage> onWrite(EtcdCall.Write write) {
    calls.take(write);
    return show();
  }

  private Behavior<WireMessage> onRaftMessage(RaftMessage message) {
    node.receive(message);
    return show();
  }

  private Behavior<WireMessage> onDue(RaftNode.Due due) {
    node.due();
    return show();
  }

  private Behavior<WireMessage> onNotice(Calls.Notice notice) {
    calls.on(notice);
    return show();
  }

  private Behavior<WireMessage> onWaitOver(Watches.WaitOver over) {
    watches.over(over, store.index());
    return show();
  }

  /** etcd proposes a SYNC each time; one without effect would only make the log longer. */
  private Behavior<WireMessage> onExpiryDue(ExpiryDue due) {
    long now = env.nowNanos();
    if (node.isReady() && !store.expired(now).isEmpty()) {
      node.propose(EtcdStore.expire(now));
    }
    return show();
  }

  private void onChange(EtcdStore.Change change) {
    if (change.action().equals("expire")) {
      expired.increment();
    }
    watches.tell(change);
  }

  private Behavior<WireMessage> show() {
    keys.set(store.size());
    watching.set(watches.size());
    return this;
  }

  private void count(String op, @Nullable WireMessage answer) {
    String status = "200";
    if (answer == null) {
      status = "refused";
    } else if (answer instanceof EtcdReply.Failed failed) {
      status = Integer.toString(failed.code());
    }
    env.metrics()
        .counter("etcd_calls_total", "service", service, "op", op, "status", status)
        .increment();
  }

  /** How writes are answered. */
  private final class Desk implements Calls.Desk {
    @Override
    public String command(LeaderCall call) {
      return call instanceof EtcdCall.Put put
          ? EtcdStore.put(put, env.nowNanos())
          : EtcdStore.delete((EtcdCall.Delete) call);
    }

    @Override
    public WireMessage read(LeaderCall call) {
      throw new IllegalStateException("All calls for the leader are writes, but not " + call + ".");
    }

    @Override
    public WireMessage failed(LeaderCall call, String reason) {
      return store.failed(EtcdReply.TROUBLE, reason);
    }

    @Override
    public void answered(LeaderCall call, @Nullable WireMessage answer) {
      if (!call.forwarded()) {
        count(((EtcdCall) call).op(), answer);
      }
    }
  }
}
