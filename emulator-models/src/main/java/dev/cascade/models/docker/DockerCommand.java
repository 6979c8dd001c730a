package dev.cascade.models.docker;

import dev.cascade.models.machine.Exec;
import dev.cascade.models.machine.Program;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** The command line for a call that is one request: {@code docker pull}, {@code docker rm}. */
public final class DockerCommand extends AbstractBehavior<WireMessage> {
  /** The client waits as long as it takes; this is longer than any run has been. */
  static final Duration PATIENCE = Duration.ofHours(24);

  private record Answered(Outcome outcome) implements WireMessage {}

  private final Exec exec;

  private DockerCommand(
      Env<WireMessage> env, Exec exec, Function<ReplyTo, ? extends DockerCall> call) {
    super(env.context());
    this.exec = exec;
    env.request(Dockerd.socket(env.host().name()), call, PATIENCE, Answered::new);
  }

  /** {@code docker pull}. */
  public static Program pull(String image) {
    return program(to -> new DockerCall.Pull(image, to));
  }

  /** {@code docker rm -f}. */
  public static Program removeByForce(String container) {
    return program(to -> new DockerCall.Remove(container, true, to));
  }

  private static Program program(Function<ReplyTo, ? extends DockerCall> call) {
    return (env, exec) -> new DockerCommand(env, exec, call);
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder().onMessage(Answered.class, this::onAnswered).build();
  }

  private Behavior<WireMessage> onAnswered(Answered answered) {
    boolean done =
        answered.outcome() instanceof Outcome.Reply reply
            && reply.message() instanceof DockerReply.Done;
    if (!done) {
      exec.log("Error response from daemon");
    }
    exec.exit(done ? 0 : 1);
    return this;
  }
}
