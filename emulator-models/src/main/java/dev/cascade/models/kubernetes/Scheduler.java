package dev.cascade.models.kubernetes;

import dev.cascade.models.kubernetes.ClusterView.Pod;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Binds pods that wait to nodes that have room for what they request. */
final class Scheduler extends AbstractBehavior<Scheduler.Command> {
  /** What it understands. */
  sealed interface Command {}

  private enum LookDue implements Command {
    INSTANCE
  }

  private record Looked(Outcome outcome) implements Command {}

  private final Env<Command> env;
  private final Address apiServer;
  private final ClusterConfig config;
  private final RandomStream ties;

  private Scheduler(
      Env<Command> env, Address apiServer, ClusterConfig config, TimerScheduler<Command> timers) {
    super(env.context());
    this.env = env;
    this.apiServer = apiServer;
    this.config = config;
    this.ties = env.random("ties");
    timers.startTimerWithFixedDelay(LookDue.INSTANCE, config.control().schedulerInterval());
  }

  static ProcessSpec<Command> spec(Address apiServer, ClusterConfig config) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new Scheduler(env, apiServer, config, timers)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(LookDue.class, this::onLookDue)
        .onMessage(Looked.class, this::onLooked)
        .build();
  }

  private Behavior<Command> onLookDue(LookDue due) {
    Duration interval = config.control().schedulerInterval();
    env.request(apiServer, ApiServer.GetCluster::new, interval, Looked::new);
    return this;
  }

  private Behavior<Command> onLooked(Looked looked) {
    if (looked.outcome() instanceof Outcome.Reply reply
        && reply.message() instanceof ClusterView view) {
      schedule(view);
    }
    return this; // otherwise at the next look
  }

  private void schedule(ClusterView view) {
    NodeChoice choice = new NodeChoice(view, config.scoring());
    double seconds = config.control().schedulerInterval().toNanos() / 1e9;
    long left = Math.max(1, Math.round(config.control().podsPerSecond() * seconds));
    for (Pod pod : view.pending()) {
      List<String> best = choice.best(pod);
      if (!best.isEmpty() && left-- > 0) {
        String node = ties.pick(best);
        choice.take(pod, node);
        env.send(apiServer, new ApiServer.BindPod(pod.name(), node));
        env.metrics().counter("scheduler_pods_bound_total").increment();
      }
    }
  }
}
