package dev.cascade.models.ingestion;

import dev.cascade.models.http.Ending;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Watches a service from outside, and stores what it sees in it. */
final class Canary extends AbstractBehavior<Canary.Command> implements Outbox.Fate {
  sealed interface Command {}

  private enum RoundDue implements Command {
    INSTANCE
  }

  private enum WakeUp implements Command {
    INSTANCE
  }

  private record Probed(long round, Outcome outcome) implements Command {}

  private record GoOn(Runnable next) implements Command {}

  static final String PROCESS = "canary";

  static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.counter(
              "canary_rounds_total",
              "Rounds: ok if all addresses answered, else failed.",
              "canary",
              "result"),
          MetricInfo.counter(
              "canary_rounds_dropped_total",
              "Rounds whose result became too old to be stored.",
              "canary"));

  /** It is a sender like others. */
  private static final Outbox.Patience PATIENCE =
      new Outbox.Patience(
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1));

  private final Env<Command> env;
  private final CanaryConfig config;
  private final List<Address> targets;
  private final Outbox<Command> outbox;
  private final Metrics.Counter ok;
  private final Metrics.Counter failed;
  private final Metrics.Counter dropped;

  private long round;
  private int open;
  private int failures;

  private Canary(
      Env<Command> env,
      TimerScheduler<Command> timers,
      CanaryConfig config,
      List<Address> targets) {
    super(env.context());
    this.env = env;
    this.config = config;
    this.targets = targets;
    this.outbox =
        new Outbox<>(
            env,
            targets.get((config.reportVia() - 1) % targets.size()),
            PATIENCE,
            GoOn::new,
            wait -> timers.startSingleTimer(WakeUp.INSTANCE, wait),
            this);
    String entry = env.host().entry();
    ok = env.metrics().counter("canary_rounds_total", "canary", entry, "result", "ok");
    failed = env.metrics().counter("canary_rounds_total", "canary", entry, "result", "failed");
    dropped = env.metrics().counter("canary_rounds_dropped_total", "canary", entry);
    timers.startTimerAtFixedRate(RoundDue.INSTANCE, config.every());
  }

  static ProcessSpec<Command> spec(CanaryConfig config, List<Address> targets) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new Canary(env, timers, config, targets)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(RoundDue.class, due -> onRoundDue())
        .onMessage(Probed.class, this::onProbed)
        .onMessage(WakeUp.class, wake -> onWakeUp())
        .onMessage(GoOn.class, this::onGoOn)
        .build();
  }

  private Behavior<Command> onRoundDue() {
    round++;
    open = targets.size();
    failures = 0;
    long thisRound = round;
    for (Address target : targets) {
      env.request(
          target,
          to -> new HttpRequest(config.probePath(), to),
          config.timeout(),
          outcome -> new Probed(thisRound, outcome));
    }
    return this;
  }

  private Behavior<Command> onProbed(Probed probed) {
    if (probed.round() != round) {
      return this; // the next round has begun, as its own time-out was late
    }
    if (Ending.of(probed.outcome()) != Ending.SUCCESS) {
      failures++;
    }
    if (--open == 0) {
      (failures == 0 ? ok : failed).increment();
      String path = failures == 0 ? config.okPath() : config.failedPath();
      outbox.add(new Outbox.Batch(path, 1, env.nowNanos()));
    }
    return this;
  }

  private Behavior<Command> onWakeUp() {
    outbox.wake();
    return this;
  }

  private Behavior<Command> onGoOn(GoOn goOn) {
    goOn.next().run();
    return this;
  }

  @Override
  public void onTime(Outbox.Batch batch) {}

  @Override
  public void late(Outbox.Batch batch) {}

  @Override
  public void caughtUp(Outbox.Batch batch) {}

  @Override
  public void dropped(Outbox.Batch batch) {
    dropped.increment();
  }
}
