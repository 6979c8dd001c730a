package dev.cascade.models.spartan;

import dev.cascade.models.logs.Log;
import dev.cascade.models.records.Level;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The calls that a service makes whatever users do. Those that find an owner are not emulated any
 * further; each that finds none is logged, with its stack trace.
 */
final class BackgroundCalls extends AbstractBehavior<BackgroundCalls.Command> {
  /** Calls are looked at together, once in this time, so that a run costs less. */
  private static final Duration PERIOD = Duration.ofSeconds(1);

  enum Command {
    /** What the service knows has changed. */
    CHANGED,
    /** Calls are made. */
    DUE
  }

  private final TimerScheduler<Command> timers;
  private final View view;
  private final List<Integer> callees;
  private final double perPeriod;
  private final int traceLines;
  private final Log log;
  private double owed;

  private BackgroundCalls(
      Env<Command> env,
      TimerScheduler<Command> timers,
      SpartanConfig config,
      View view,
      List<Integer> callees,
      Log log) {
    super(env.context());
    this.timers = timers;
    this.view = view;
    this.callees = List.copyOf(callees);
    this.perPeriod = config.backgroundCalls().perSecond() * PERIOD.toNanos() / 1e9;
    this.traceLines = config.traceLines();
    this.log = log;
    ActorRef<Command> self = env.context().getSelf();
    view.whenChanged(() -> self.tell(Command.CHANGED));
    onChanged();
  }

  static ProcessSpec<Command> spec(
      SpartanConfig config, View view, List<Integer> callees, Log log) {
    return ProcessSpec.of(
        env ->
            Behaviors.withTimers(
                timers -> new BackgroundCalls(env, timers, config, view, callees, log)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Command.CHANGED, this::onChanged)
        .onMessageEquals(Command.DUE, this::onDue)
        .build();
  }

  private long withoutOwner() {
    return callees.stream().filter(callee -> !view.owned(callee)).count();
  }

  /** Nothing needs to be looked at as long as everybody is there: most of the time. */
  private Behavior<Command> onChanged() {
    if (withoutOwner() == 0) {
      timers.cancel(Command.DUE);
    } else if (!timers.isTimerActive(Command.DUE)) {
      timers.startTimerWithFixedDelay(Command.DUE, PERIOD);
    }
    return this;
  }

  private Behavior<Command> onDue() {
    owed += perPeriod * withoutOwner() / callees.size();
    int failed = (int) owed;
    owed -= failed;
    if (failed > 0) {
      log.write(Level.ERROR, "no_owner_to_call", failed * traceLines);
    }
    return this;
  }
}
