package dev.cascade.models.kubernetes;

import dev.cascade.models.kubernetes.ClusterView.Pod;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Has pods made and deleted until there are as many as are wanted. */
final class DeploymentController extends AbstractBehavior<DeploymentController.Command> {
  /** What it understands. */
  sealed interface Command {}

  private enum LookDue implements Command {
    INSTANCE
  }

  private record Looked(Outcome outcome) implements Command {}

  private final Env<Command> env;
  private final Address apiServer;
  private final Duration interval;

  private DeploymentController(
      Env<Command> env, Address apiServer, Duration interval, TimerScheduler<Command> timers) {
    super(env.context());
    this.env = env;
    this.apiServer = apiServer;
    this.interval = interval;
    timers.startTimerWithFixedDelay(LookDue.INSTANCE, Duration.ZERO, interval);
  }

  static ProcessSpec<Command> spec(Address apiServer, Duration interval) {
    return ProcessSpec.of(
        env ->
            Behaviors.withTimers(
                timers -> new DeploymentController(env, apiServer, interval, timers)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(LookDue.class, this::onLookDue)
        .onMessage(Looked.class, this::onLooked)
        .build();
  }

  private Behavior<Command> onLookDue(LookDue due) {
    env.request(apiServer, ApiServer.GetCluster::new, interval, Looked::new);
    return this;
  }

  private Behavior<Command> onLooked(Looked looked) {
    if (looked.outcome() instanceof Outcome.Reply reply
        && reply.message() instanceof ClusterView view) {
      for (Map.Entry<String, Integer> wanted : view.replicas().entrySet()) {
        reconcile(wanted.getKey(), wanted.getValue(), view);
      }
    }
    return this; // otherwise at the next look
  }

  private void reconcile(String deployment, int wanted, ClusterView view) {
    List<Pod> pods =
        view.pods().stream().filter(pod -> pod.deployment().equals(deployment)).toList();
    for (int i = pods.size(); i < wanted; i++) {
      env.send(apiServer, new ApiServer.CreatePod(deployment));
    }
    // The newest go first; a ReplicaSet looks at other things before, which are left out.
    for (int i = wanted; i < pods.size(); i++) {
      env.send(apiServer, new ApiServer.DeletePod(pods.get(i).name()));
    }
  }
}
