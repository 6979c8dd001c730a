package dev.cascade.models.failover;

import dev.cascade.models.files.FileSystem;
import dev.cascade.models.files.ProcessGone;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Ends the program and starts it again when an operator says so and its jobs allow it. */
final class Launcher extends AbstractBehavior<WireMessage> {
  static final String PROCESS = "launcher";

  /** An operator wants it restarted, and asks again after this time while it refuses. */
  record Restart(long againNanos) implements WireMessage {}

  private record Answered(Restart restart, Outcome outcome) implements WireMessage {}

  private enum BootDone implements WireMessage {
    INSTANCE
  }

  private final Env<WireMessage> env;
  private final TimerScheduler<WireMessage> timers;
  private final AutomationConfig config;
  private final ProcessSpec<WireMessage> program;
  private boolean booting;

  private Launcher(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      AutomationConfig config,
      ProcessSpec<WireMessage> program) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = config;
    this.program = program;
  }

  static ProcessSpec<WireMessage> spec(AutomationConfig config, ProcessSpec<WireMessage> program) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new Launcher(env, timers, config, program)));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Restart.class, this::onRestart)
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(BootDone.class, this::onBootDone)
        .build();
  }

  private Behavior<WireMessage> onRestart(Restart restart) {
    if (!booting) {
      env.request(
          program(),
          Automation.MayStop::new,
          config.answerTimeout(),
          out -> new Answered(restart, out));
    }
    return this;
  }

  private Address program() {
    return Address.of(env.host().name(), Automation.PROCESS);
  }

  private Behavior<WireMessage> onAnswered(Answered answered) {
    int jobs =
        answered.outcome() instanceof Outcome.Reply reply
                && reply.message() instanceof Automation.StopAnswer answer
            ? answer.jobs()
            : 0;
    if (jobs > 0) {
      env.event("restart-refused", "jobs", Integer.toString(jobs));
      Duration again = Duration.ofNanos(answered.restart().againNanos());
      timers.startSingleTimer(answered.restart(), again);
    } else if (!booting) {
      booting = true;
      env.control().kill(Automation.PROCESS);
      env.send(Address.of(env.host().name(), FileSystem.PROCESS), new ProcessGone(program()));
      env.event("automation-stopped");
      timers.startSingleTimer(BootDone.INSTANCE, config.boot());
    }
    return this;
  }

  private Behavior<WireMessage> onBootDone(BootDone done) {
    booting = false;
    env.control().start(Automation.PROCESS, program);
    env.event("automation-started");
    return this;
  }
}
