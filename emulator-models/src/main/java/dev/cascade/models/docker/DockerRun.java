package dev.cascade.models.docker;

import dev.cascade.models.machine.Exec;
import dev.cascade.models.machine.Program;
import dev.cascade.models.machine.Terminate;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ReplyTo;
import dev.cascade.node.WireMessage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * The command line {@code docker run --rm --name X}: makes the container, attaches to it, starts
 * it, writes what it writes, and when it has ended, removes it. If the stream breaks, as the daemon
 * has died, it asks once for the removal and ends. If it is killed itself, nobody removes anything.
 */
public final class DockerRun extends AbstractBehavior<WireMessage> {
  /** The exit status of {@code docker run} if the daemon would not do it. */
  public static final int DAEMON_ERROR = 125;

  private record Told(Step step, Outcome outcome) implements WireMessage {}

  private enum Step {
    CREATE,
    PULL,
    CREATE_AGAIN,
    START,
    KILL,
    WAIT,
    REMOVE
  }

  private final Env<WireMessage> env;
  private final Exec exec;
  private final Run run;
  private boolean made;
  private boolean removes;
  private int code;

  /**
   * What is run.
   *
   * @param name the container's
   * @param image of which it is made; it is pulled if it is not there
   * @param volume whether its files outlive it
   * @param removeBy who removes it
   */
  public record Run(String name, String image, boolean volume, DockerConfig.RemoveBy removeBy) {}

  private DockerRun(Env<WireMessage> env, Exec exec, Run run) {
    super(env.context());
    this.env = env;
    this.exec = exec;
    this.run = run;
    create(Step.CREATE);
  }

  /** The program. */
  public static Program program(Run run) {
    return new Program() {
      @Override
      public Behavior<WireMessage> main(Env<WireMessage> env, Exec exec) {
        return new DockerRun(env, exec, run);
      }

      @Override
      public boolean catchesTerm() {
        return true; // it hands the signal on to the container
      }
    };
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Told.class, this::onTold)
        .onMessage(Wire.Output.class, this::onOutput)
        .onMessage(Terminate.class, terminate -> onTerminate())
        .build();
  }

  private void create(Step step) {
    boolean byDaemon = run.removeBy() == DockerConfig.RemoveBy.DAEMON;
    ask(step, to -> new DockerCall.Create(run.name(), run.image(), run.volume(), byDaemon, to));
  }

  private void ask(Step step, Function<ReplyTo, ? extends DockerCall> call) {
    env.request(socket(), call, DockerCommand.PATIENCE, outcome -> new Told(step, outcome));
  }

  private Address socket() {
    return Dockerd.socket(env.host().name());
  }

  private Behavior<WireMessage> onTold(Told told) {
    switch (told.step()) {
      case CREATE -> {
        if (status(told.outcome()) == 404) {
          ask(Step.PULL, to -> new DockerCall.Pull(run.image(), to));
        } else {
          created(told.outcome());
        }
      }
      case PULL -> {
        if (status(told.outcome()) == 200) {
          create(Step.CREATE_AGAIN);
        } else {
          refused();
        }
      }
      case CREATE_AGAIN -> created(told.outcome());
      case START -> {
        if (status(told.outcome()) != 200) {
          remove(DAEMON_ERROR);
        }
      }
      case KILL -> {
        // Its end is what it waits for.
      }
      case WAIT -> ended(told.outcome());
      case REMOVE -> exec.exit(code);
    }
    return this;
  }

  private void created(Outcome outcome) {
    if (status(outcome) == 200) {
      made = true;
      ask(Step.WAIT, to -> new DockerCall.Attach(run.name(), to));
      ask(Step.START, to -> new DockerCall.Start(run.name(), to));
    } else {
      refused();
    }
  }

  private void refused() {
    exec.log("docker: Error response from daemon.");
    exec.exit(DAEMON_ERROR);
  }

  private void ended(Outcome outcome) {
    if (outcome instanceof Outcome.Reply reply
        && reply.message() instanceof DockerReply.Exited exit) {
      remove(exit.code());
    } else {
      exec.log("docker: unexpected EOF."); // the stream broke: the daemon has died
      remove(1);
    }
  }

  private void remove(int exitCode) {
    if (removes) {
      return; // start and stream broke together
    }
    removes = true;
    code = exitCode;
    if (run.removeBy() == DockerConfig.RemoveBy.CLIENT) {
      ask(Step.REMOVE, to -> new DockerCall.Remove(run.name(), false, to));
    } else {
      exec.exit(code);
    }
  }

  private Behavior<WireMessage> onOutput(Wire.Output output) {
    exec.log(output.line());
    return this;
  }

  private Behavior<WireMessage> onTerminate() {
    if (made) {
      ask(Step.KILL, to -> new DockerCall.Kill(run.name(), to));
    } else {
      exec.exit(DAEMON_ERROR);
    }
    return this;
  }

  private static int status(Outcome outcome) {
    if (outcome instanceof Outcome.Reply reply) {
      return reply.message() instanceof DockerReply.Failed failed ? failed.status() : 200;
    }
    return 0; // refused, or broken
  }
}
