package dev.cascade.models.spartan;

import dev.cascade.models.logs.Log;
import dev.cascade.models.records.Level;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The calls that a service makes whatever users do. Those that find an owner are not emulated any
 * further; each that finds none is logged, with its stack trace.
 */
final class BackgroundCalls extends AbstractBehavior<BackgroundCalls.Due> {
  /** Calls are looked at together, once in this time, so that a run costs less. */
  private static final Duration PERIOD = Duration.ofSeconds(1);

  enum Due {
    INSTANCE
  }

  private final View view;
  private final List<Integer> callees;
  private final double perPeriod;
  private final int traceLines;
  private final Log log;
  private double owed;

  private BackgroundCalls(
      Env<Due> env,
      TimerScheduler<Due> timers,
      SpartanConfig config,
      View view,
      List<Integer> callees,
      Log log) {
    super(env.context());
    this.view = view;
    this.callees = List.copyOf(callees);
    this.perPeriod = config.backgroundCalls().perSecond() * PERIOD.toNanos() / 1e9;
    this.traceLines = config.traceLines();
    this.log = log;
    timers.startTimerWithFixedDelay(Due.INSTANCE, PERIOD);
  }

  static ProcessSpec<Due> spec(SpartanConfig config, View view, List<Integer> callees, Log log) {
    return ProcessSpec.of(
        env ->
            Behaviors.withTimers(
                timers -> new BackgroundCalls(env, timers, config, view, callees, log)));
  }

  @Override
  public Receive<Due> createReceive() {
    return newReceiveBuilder().onMessage(Due.class, due -> onDue()).build();
  }

  private Behavior<Due> onDue() {
    long without = callees.stream().filter(callee -> !view.owned(callee)).count();
    owed += callees.isEmpty() ? 0 : perPeriod * without / callees.size();
    int failed = (int) owed;
    owed -= failed;
    if (failed > 0) {
      log.write(Level.ERROR, "no_owner_to_call", failed * traceLines);
    }
    return this;
  }
}
