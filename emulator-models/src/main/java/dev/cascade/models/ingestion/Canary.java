package dev.cascade.models.ingestion;

import dev.cascade.models.http.Ending;
import dev.cascade.models.http.HttpRequest;
import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Watches all addresses of a service from outside. What it sees of an address is stored by way of
 * that address, as a point that a customer sends is: of one that takes nothing it cannot tell.
 */
final class Canary extends AbstractBehavior<Canary.Command> implements Outbox.Fate {
  sealed interface Command {}

  private enum RoundDue implements Command {
    INSTANCE
  }

  private record WakeUp(int address) implements Command {}

  private record Probed(int address, Outcome outcome) implements Command {}

  private record GoOn(Runnable next) implements Command {}

  static final String PROCESS = "canary";

  static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.counter(
              "canary_probes_total",
              "Probes of an address: ok if it answered, else failed.",
              "canary",
              "result"),
          MetricInfo.counter(
              "canary_results_dropped_total",
              "Results that became too old to be stored.",
              "canary"));

  private final Env<Command> env;
  private final CanaryConfig config;
  private final List<Address> targets;
  private final List<Outbox<Command>> outboxes = new ArrayList<>();
  private final Metrics.Counter ok;
  private final Metrics.Counter failed;
  private final Metrics.Counter dropped;

  private Canary(
      Env<Command> env,
      TimerScheduler<Command> timers,
      CanaryConfig config,
      List<Address> targets) {
    super(env.context());
    this.env = env;
    this.config = config;
    this.targets = targets;
    for (Address target : targets) {
      WakeUp wakeUp = new WakeUp(outboxes.size());
      outboxes.add(
          new Outbox<>(
              env,
              target,
              config.patience(),
              GoOn::new,
              wait -> timers.startSingleTimer(wakeUp, wakeUp, wait),
              this));
    }
    String entry = env.host().entry();
    ok = env.metrics().counter("canary_probes_total", "canary", entry, "result", "ok");
    failed = env.metrics().counter("canary_probes_total", "canary", entry, "result", "failed");
    dropped = env.metrics().counter("canary_results_dropped_total", "canary", entry);
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
        .onMessage(WakeUp.class, this::onWakeUp)
        .onMessage(GoOn.class, this::onGoOn)
        .build();
  }

  private Behavior<Command> onRoundDue() {
    for (int i = 0; i < targets.size(); i++) {
      int address = i;
      env.request(
          targets.get(i),
          to -> new HttpRequest(config.probePath(), to),
          config.timeout(),
          outcome -> new Probed(address, outcome));
    }
    return this;
  }

  private Behavior<Command> onProbed(Probed probed) {
    boolean answered = Ending.of(probed.outcome()) == Ending.SUCCESS;
    (answered ? ok : failed).increment();
    String path = answered ? config.okPath() : config.failedPath();
    outboxes.get(probed.address()).add(new Outbox.Batch(path, 1, env.nowNanos()));
    return this;
  }

  private Behavior<Command> onWakeUp(WakeUp wakeUp) {
    outboxes.get(wakeUp.address()).wake();
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
