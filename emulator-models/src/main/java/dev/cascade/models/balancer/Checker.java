package dev.cascade.models.balancer;

import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.Purpose;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Checks one host for its proxy: at once, and then an interval after the end of each check. */
final class Checker extends AbstractBehavior<Checker.Command> {
  /** What it understands. */
  sealed interface Command {}

  private enum CheckDue implements Command {
    INSTANCE
  }

  private record Checked(Outcome outcome) implements Command {}

  /** Whom every check is told, in the checker's turn. */
  interface Report {
    void checked(CheckedHealth.Result result, boolean healthy);
  }

  private final Env<Command> env;
  private final TimerScheduler<Command> timers;
  private final HealthCheck config;
  private final Address host;
  private final Report report;
  private final CheckedHealth health;

  private Checker(
      Env<Command> env,
      TimerScheduler<Command> timers,
      HealthCheck config,
      Address host,
      Report report) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = config;
    this.host = host;
    this.report = report;
    this.health = new CheckedHealth(config);
    timers.startSingleTimer(CheckDue.INSTANCE, Duration.ZERO);
  }

  static ProcessSpec<Command> spec(HealthCheck config, Address host, Report report) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new Checker(env, timers, config, host, report)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(CheckDue.class, this::onCheckDue)
        .onMessage(Checked.class, this::onChecked)
        .build();
  }

  private Behavior<Command> onCheckDue(CheckDue due) {
    env.request(
        Purpose.HEALTH_CHECK,
        host,
        connection -> new HttpRequest(config.path(), connection),
        config.timeout(),
        Checked::new);
    return this;
  }

  private Behavior<Command> onChecked(Checked checked) {
    CheckedHealth.Result result = result(checked.outcome());
    report.checked(result, health.checked(result));
    timers.startSingleTimer(CheckDue.INSTANCE, config.interval());
    return this;
  }

  private static CheckedHealth.Result result(Outcome outcome) {
    if (outcome instanceof Outcome.Reply reply
        && reply.message() instanceof HttpResponse response) {
      return response.status() >= 200 && response.status() < 300
          ? CheckedHealth.Result.SUCCESS
          : CheckedHealth.Result.BAD_ANSWER;
    }
    return CheckedHealth.Result.NO_ANSWER;
  }
}
