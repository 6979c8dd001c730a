package dev.cascade.models.aws;

import dev.cascade.models.http.HttpRequest;
import dev.cascade.models.http.HttpResponse;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.Metrics;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.Purpose;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Checks one target for one node and one group, each time on a connection of its own. */
final class HealthChecker extends AbstractBehavior<HealthChecker.Command> {
  /** What it understands. */
  sealed interface Command {}

  private enum CheckDue implements Command {
    INSTANCE
  }

  private record Checked(Outcome outcome) implements Command {}

  /** What is checked, for whom, and how long after the hour the node begins its intervals. */
  record Duty(String loadBalancer, String targetGroup, Address target, long phaseNanos) {}

  private final Env<Command> env;
  private final Duty duty;
  private final HealthCheckConfig config;
  private final Consumer<TargetHealth.State> verdict;

  private final TargetHealth health;
  private final Metrics.Counter checks;
  private TargetHealth.State told = TargetHealth.State.INITIAL;

  private HealthChecker(
      Env<Command> env,
      Duty duty,
      HealthCheckConfig config,
      Consumer<TargetHealth.State> verdict,
      TimerScheduler<Command> timers) {
    super(env.context());
    this.env = env;
    this.duty = duty;
    this.config = config;
    this.verdict = verdict;
    this.health = new TargetHealth(config);
    this.checks =
        env.metrics()
            .counter(
                "lb_health_checks_total",
                "load_balancer",
                duty.loadBalancer(),
                "target_group",
                duty.targetGroup(),
                "zone",
                env.host().zone());
    long phase = env.random("phase").nextLong(config.spread().toNanos() + 1);
    timers.startTimerAtFixedRate(
        CheckDue.INSTANCE,
        untilPhase(duty.phaseNanos() + phase, env.nowNanos(), config.interval().toNanos()),
        config.interval());
  }

  static ProcessSpec<Command> spec(
      Duty duty, HealthCheckConfig config, Consumer<TargetHealth.State> verdict) {
    return ProcessSpec.of(
        env ->
            Behaviors.withTimers(timers -> new HealthChecker(env, duty, config, verdict, timers)));
  }

  /** Each checker keeps its place in every interval of its node. */
  static Duration untilPhase(long phaseNanos, long nowNanos, long intervalNanos) {
    return Duration.ofNanos(Math.floorMod(phaseNanos - nowNanos, intervalNanos));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(CheckDue.class, this::onCheckDue)
        .onMessage(Checked.class, this::onChecked)
        .build();
  }

  private Behavior<Command> onCheckDue(CheckDue due) {
    checks.increment();
    env.request(
        Purpose.HEALTH_CHECK,
        duty.target(),
        connection -> new HttpRequest(config.path(), connection),
        config.timeout(),
        Checked::new);
    return this;
  }

  private Behavior<Command> onChecked(Checked checked) {
    boolean success =
        checked.outcome() instanceof Outcome.Reply reply
            && reply.message() instanceof HttpResponse response
            && response.status() == 200;
    if (!success) {
      env.metrics()
          .counter(
              "lb_health_check_failures_total",
              "load_balancer",
              duty.loadBalancer(),
              "reason",
              reason(checked.outcome()))
          .increment();
    }
    TargetHealth.State state = health.checked(success);
    if (state != told) {
      told = state;
      verdict.accept(state);
    }
    return this;
  }

  private static String reason(Outcome outcome) {
    return outcome instanceof Outcome.Reply
        ? "status"
        : outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
