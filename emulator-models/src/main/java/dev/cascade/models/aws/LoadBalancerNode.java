package dev.cascade.models.aws;

import dev.cascade.models.http.HttpRequest;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * One node of a load balancer, in one zone: takes requests, hands them to its target groups in
 * turn, and keeps these told which targets there are. What it thinks of their health is its own.
 */
final class LoadBalancerNode extends AbstractBehavior<WireMessage> {
  static final String PROCESS = "lb";

  /**
   * All targets, from the load balancer's control.
   *
   * @param revision grows with every change; what an older one says has been overtaken
   */
  record Targets(long revision, List<String> hosts) implements WireMessage {
    @Override
    public int sizeBytes() {
      return LoadBalancerControl.CALL_BYTES
          + 100 * hosts.size(); // 100 bytes of JSON a target: a guess
    }
  }

  /** It is time to ask for all targets again; no such message ever crosses the network. */
  private record ListDue() implements WireMessage {}

  private final Env<WireMessage> env;
  private final Address control;

  private final List<ActorRef<TargetGroup.Command>> groups = new ArrayList<>();
  private long revision = -1;
  private int turn;

  private LoadBalancerNode(
      Env<WireMessage> env,
      String loadBalancer,
      LoadBalancerConfig config,
      Address control,
      TimerScheduler<WireMessage> timers) {
    super(env.context());
    this.env = env;
    this.control = control;
    HealthCheckConfig check = config.healthCheck();
    long phaseNanos =
        check.aligned() ? 0 : env.random("phase").nextLong(check.interval().toNanos());
    for (LoadBalancerConfig.TargetGroupConfig group : config.targetGroups()) {
      groups.add(
          env.spawn(group.name(), TargetGroup.spec(loadBalancer, config, group, phaseNanos)));
    }
    timers.startTimerWithFixedDelay(new ListDue(), Duration.ZERO, config.resync());
  }

  static ProcessSpec<WireMessage> spec(
      String loadBalancer, LoadBalancerConfig config, Address control) {
    return ProcessSpec.of(
        env ->
            Behaviors.withTimers(
                timers -> new LoadBalancerNode(env, loadBalancer, config, control, timers)));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(HttpRequest.class, this::onRequest)
        .onMessage(Targets.class, this::onTargets)
        .onMessage(ListDue.class, this::onListDue)
        .build();
  }

  private Behavior<WireMessage> onRequest(HttpRequest request) {
    turn = (turn + 1) % groups.size();
    groups.get(turn).tell(new TargetGroup.Route(request));
    return this;
  }

  private Behavior<WireMessage> onTargets(Targets targets) {
    if (targets.revision() > revision) {
      revision = targets.revision();
      groups.forEach(group -> group.tell(new TargetGroup.SetTargets(targets.hosts())));
    }
    return this;
  }

  private Behavior<WireMessage> onListDue(ListDue due) {
    env.send(control, new LoadBalancerControl.WatchTargets(env.self()));
    return this;
  }
}
