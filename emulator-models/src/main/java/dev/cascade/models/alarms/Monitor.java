package dev.cascade.models.alarms;

import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Checks hosts, each in a phase of its own, and fires alarms. */
final class Monitor extends AbstractBehavior<Monitor.Command> {
  sealed interface Command {}

  private record CheckDue(int target) implements Command {}

  private record Checked(int target, Outcome outcome) implements Command {}

  static final EventInfo FIRED =
      new EventInfo("alarm-fired", List.of("monitor", "host"), "A host has failed its checks.");

  static final EventInfo ENDED =
      new EventInfo("alarm-ended", List.of("monitor", "host"), "A host passes its checks again.");

  private final Env<Command> env;
  private final TimerScheduler<Command> timers;
  private final MonitorConfig config;
  private final String monitor;
  private final List<Address> targets;
  private final List<Alarm> alarms = new ArrayList<>();
  private final Metrics.Gauge firing;
  private final Metrics.Counter fired;
  private int firingNow;

  private Monitor(
      Env<Command> env,
      TimerScheduler<Command> timers,
      String monitor,
      MonitorConfig config,
      List<Address> targets) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = config;
    this.monitor = monitor;
    this.targets = List.copyOf(targets);
    this.firing = env.metrics().gauge("alarms_firing", "monitor", monitor);
    this.fired = env.metrics().counter("alarms_fired_total", "monitor", monitor);
    firing.set(0);
    fired.add(0);
    RandomStream phase = env.random("phase");
    for (int target = 0; target < targets.size(); target++) {
      alarms.add(new Alarm(config.failures()));
      checkAfter(
          target, Duration.ofNanos(Math.round(phase.nextDouble() * config.interval().toNanos())));
    }
  }

  static ProcessSpec<Command> spec(String monitor, MonitorConfig config, List<Address> targets) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new Monitor(env, timers, monitor, config, targets)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(CheckDue.class, this::onCheckDue)
        .onMessage(Checked.class, this::onChecked)
        .build();
  }

  private void checkAfter(int target, Duration time) {
    timers.startSingleTimer(target, new CheckDue(target), time);
  }

  private Behavior<Command> onCheckDue(CheckDue due) {
    checkAfter(due.target(), config.interval());
    env.request(
        targets.get(due.target()),
        replyTo -> new HttpRequest(config.path(), replyTo),
        config.timeout(),
        outcome -> new Checked(due.target(), outcome));
    return this;
  }

  private Behavior<Command> onChecked(Checked checked) {
    boolean succeeded =
        checked.outcome() instanceof Outcome.Reply reply
            && reply.message() instanceof HttpResponse response
            && response.succeeded();
    Alarm alarm = alarms.get(checked.target());
    if (alarm.checked(succeeded)) {
      firingNow += alarm.firing() ? 1 : -1;
      firing.set(firingNow);
      if (alarm.firing()) {
        fired.increment();
      }
      env.event(
          (alarm.firing() ? FIRED : ENDED).name(),
          "monitor",
          monitor,
          "host",
          targets.get(checked.target()).host());
    }
    return this;
  }
}
