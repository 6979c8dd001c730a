package dev.cascade.models.kubernetes;

import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Has a scaling group grow when pods wait that would fit on new machines, and shrink when machines
 * are not needed. It knows requests, and nothing of load.
 */
final class ClusterAutoscaler extends AbstractBehavior<ClusterAutoscaler.Command> {
  /** What it understands. */
  sealed interface Command {}

  private enum LookDue implements Command {
    INSTANCE
  }

  private record Looked(Outcome outcome) implements Command {}

  private record Described(ClusterView view, Outcome outcome) implements Command {}

  private final Env<Command> env;
  private final Address apiServer;
  private final AutoscalerConfig config;
  private final Address group;

  private final ScaleDown scaleDown;

  private ClusterAutoscaler(
      Env<Command> env,
      Address apiServer,
      AutoscalerConfig config,
      Address group,
      TimerScheduler<Command> timers) {
    super(env.context());
    this.env = env;
    this.apiServer = apiServer;
    this.config = config;
    this.group = group;
    this.scaleDown = new ScaleDown(config);
    timers.startTimerWithFixedDelay(LookDue.INSTANCE, config.interval());
  }

  static ProcessSpec<Command> spec(Address apiServer, AutoscalerConfig config, Address group) {
    return ProcessSpec.of(
        env ->
            Behaviors.withTimers(
                timers -> new ClusterAutoscaler(env, apiServer, config, group, timers)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(LookDue.class, this::onLookDue)
        .onMessage(Looked.class, this::onLooked)
        .onMessage(Described.class, this::onDescribed)
        .build();
  }

  private Behavior<Command> onLookDue(LookDue due) {
    env.request(apiServer, ApiServer.GetCluster::new, config.interval(), Looked::new);
    return this;
  }

  private Behavior<Command> onLooked(Looked looked) {
    if (looked.outcome() instanceof Outcome.Reply reply
        && reply.message() instanceof ClusterView view) {
      env.request(
          group,
          NodeGroup.Describe::new,
          config.interval(),
          outcome -> new Described(view, outcome));
    }
    return this; // otherwise at the next look
  }

  private Behavior<Command> onDescribed(Described described) {
    if (described.outcome() instanceof Outcome.Reply reply
        && reply.message() instanceof NodeGroup.Description description) {
      decide(described.view(), description);
    }
    return this;
  }

  private void decide(ClusterView view, NodeGroup.Description description) {
    String name = config.group();
    int desired = new ScaleUp(view, config).desired(name, description);
    if (desired > description.desired()) {
      scaleDown.grown(env.nowNanos());
      env.event("cluster-grows", "group", name, "desired", Integer.toString(desired));
      env.metrics()
          .counter("cluster_autoscaler_scaled_up_nodes_total", "group", name)
          .add(desired - description.desired());
      env.send(group, new NodeGroup.SetDesired(desired));
    } else if (config.scaleDown()) {
      scaleDown.candidate(view, name, description, env.nowNanos()).ifPresent(this::giveBack);
    }
  }

  private void giveBack(String node) {
    scaleDown.removed(node);
    env.event("cluster-shrinks", "group", config.group(), "node", node);
    env.metrics()
        .counter("cluster_autoscaler_scaled_down_nodes_total", "group", config.group())
        .increment();
    env.send(apiServer, new ApiServer.DeleteNode(node));
    env.send(group, new NodeGroup.Terminate(node));
  }
}
