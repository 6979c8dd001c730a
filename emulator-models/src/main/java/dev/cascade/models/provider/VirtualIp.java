package dev.cascade.models.provider;

import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import dev.cascade.node.WireRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** A virtual address on its router: what comes to it goes on to where it leads now. */
final class VirtualIp extends AbstractBehavior<WireMessage> {
  static final String PROCESS = "vip";

  static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.counter(
              "vip_messages_total",
              "Connections and datagrams: forwarded or swallowed.",
              "vip",
              "result"),
          MetricInfo.gauge(
              "vip_away",
              "1 while a virtual address leads to a host that it did not lead to at first.",
              "vip"));

  private final Env<WireMessage> env;
  private final Set<String> first = new TreeSet<>();
  private final Metrics.Counter forwarded;
  private final Metrics.Counter swallowed;
  private final Metrics.Gauge away;

  private Address target;
  private long swallowsUntilNanos;

  private VirtualIp(Env<WireMessage> env, List<Address> targets) {
    super(env.context());
    this.env = env;
    String name = env.host().name();
    int number = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)) - 1;
    target = targets.get(number % targets.size());
    targets.forEach(each -> first.add(each.host()));
    String entry = env.host().entry();
    forwarded = env.metrics().counter("vip_messages_total", "vip", entry, "result", "forwarded");
    swallowed = env.metrics().counter("vip_messages_total", "vip", entry, "result", "swallowed");
    away = env.metrics().gauge("vip_away", "vip", entry);
    away.set(0);
  }

  static ProcessSpec<WireMessage> spec(List<Address> targets) {
    return ProcessSpec.of(env -> new VirtualIp(env, targets));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(RouterCall.GetRoute.class, this::onGetRoute)
        .onMessage(RouterCall.SetRoute.class, this::onSetRoute)
        .onMessage(WireMessage.class, this::onTraffic)
        .build();
  }

  private Behavior<WireMessage> onGetRoute(RouterCall.GetRoute get) {
    env.reply(get.replyTo(), new RouterCall.Route(target));
    return this;
  }

  private Behavior<WireMessage> onSetRoute(RouterCall.SetRoute set) {
    target = set.to();
    swallowsUntilNanos = env.nowNanos() + set.swallowNanos();
    away.set(first.contains(target.host()) ? 0 : 1);
    env.event("vip-moved", "vip", env.host().name(), "to", target.host());
    env.reply(set.replyTo(), new RouterCall.Route(target));
    return this;
  }

  private Behavior<WireMessage> onTraffic(WireMessage message) {
    boolean swallows = env.nowNanos() < swallowsUntilNanos;
    (swallows ? swallowed : forwarded).increment();
    if (message instanceof WireRequest request) {
      if (swallows) {
        env.discard(request, "moving");
      } else {
        env.forward(target, request);
      }
    } else if (swallows) {
      env.dropped(message, "moving");
    } else {
      env.send(target, message);
    }
    return this;
  }
}
