package dev.cascade.models.consul;

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

/** A Consul server: it answers for the key-value store that it shares with the others. */
public final class ConsulServer extends AbstractBehavior<WireMessage> {
  /** What each server counts. */
  public static final List<MetricInfo> METRICS =
      Stream.concat(
              RaftNode.METRICS.stream(),
              Stream.of(
                  MetricInfo.gauge("consul_kv_keys", "Keys that this server has.", "service"),
                  MetricInfo.gauge(
                      "consul_calls_open", "Calls that are not answered yet.", "service"),
                  MetricInfo.counter(
                      "consul_calls_total",
                      "Calls of clients by their answer: 200, 404, 500, or refused.",
                      "service",
                      "op",
                      "status")))
          .toList();

  /** What is worth knowing. */
  public static final List<EventInfo> EVENTS = RaftNode.EVENTS;

  private final Env<WireMessage> env;
  private final ConsulConfig config;
  private final String service;
  private final KeyValues values = new KeyValues();
  private final RaftNode node;
  private final Calls calls;
  private final Metrics.Gauge keys;
  private final Metrics.Gauge open;

  private ConsulServer(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      Exec exec,
      ConsulConfig config,
      RaftSetup setup) {
    super(env.context());
    this.env = env;
    this.config = config;
    this.service = setup.service();
    this.keys = env.metrics().gauge("consul_kv_keys", "service", service);
    this.open = env.metrics().gauge("consul_calls_open", "service", service);
    this.node = new RaftNode(env, timers, exec, setup, values);
    this.calls =
        new Calls(env, timers, node, new Desk(), config.leaderlessHold(), config.openCalls());
    env.costs(this::cost);
    show();
  }

  /**
   * The program of a server.
   *
   * @param service the name of the cluster, as metrics have it
   * @param servers all servers, the one on this host included, in the same order everywhere
   */
  public static Program program(String service, ConsulConfig config, List<Address> servers) {
    RaftSetup setup = new RaftSetup(service, servers, config.timing(), true);
    return (env, exec) ->
        Behaviors.withTimers(timers -> new ConsulServer(env, timers, exec, config, setup));
  }

  /** What is written waits for the disk; the rest is in memory. */
  private Cost cost(WireMessage message) {
    boolean writes =
        (message instanceof RaftMessage.Append append && !append.entries().isEmpty())
            || message instanceof RaftMessage.Install
            || message instanceof RaftMessage.RequestVote
            || (message instanceof ConsulCall call && !call.isRead() && node.isReady());
    return writes ? Cost.of(config.messageCpu(), config.sync()) : Cost.work(config.messageCpu());
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(ConsulCall.class, this::onCall)
        .onMessage(RaftMessage.class, this::onRaftMessage)
        .onMessage(RaftNode.Due.class, this::onDue)
        .onMessage(Calls.Notice.class, this::onNotice)
        .build();
  }

  private Behavior<WireMessage> onCall(ConsulCall call) {
    calls.take(call);
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

  private Behavior<WireMessage> show() {
    keys.set(values.size());
    open.set(calls.size());
    return this;
  }

  /** How calls are answered. */
  private final class Desk implements Calls.Desk {
    @Override
    public @Nullable String command(LeaderCall call) {
      if (call instanceof ConsulCall.Put put) {
        return KeyValues.put(put.key(), put.value());
      }
      return call instanceof ConsulCall.Delete delete ? KeyValues.delete(delete.key()) : null;
    }

    @Override
    public WireMessage read(LeaderCall call) {
      if (call instanceof ConsulCall.ListKeys list) {
        return new ConsulReply.Values(values.startingWith(list.key()));
      }
      String value = values.get(((ConsulCall) call).key());
      return value == null ? new ConsulReply.NoSuchKey() : new ConsulReply.Value(value);
    }

    @Override
    public WireMessage failed(LeaderCall call, String reason) {
      return new ConsulReply.Failed(reason);
    }

    @Override
    public void answered(LeaderCall call, @Nullable WireMessage answer) {
      if (!call.forwarded()) {
        env.metrics()
            .counter(
                "consul_calls_total",
                "service",
                service,
                "op",
                ((ConsulCall) call).op(),
                "status",
                status(answer))
            .increment();
      }
    }
  }

  private static String status(@Nullable WireMessage answer) {
    if (answer == null) {
      return "refused";
    }
    return answer instanceof ConsulReply.Failed
        ? "500"
        : answer instanceof ConsulReply.NoSuchKey ? "404" : "200";
  }
}
