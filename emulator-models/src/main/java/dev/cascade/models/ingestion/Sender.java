package dev.cascade.models.ingestion;

import dev.cascade.node.Address;
import dev.cascade.node.Env;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.ProcessSpec;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** A program that sends measurements: makes a batch every so often, and gets rid of it. */
final class Sender extends AbstractBehavior<Sender.Command> implements Outbox.Fate {
  sealed interface Command {}

  private enum FlushDue implements Command {
    INSTANCE
  }

  private enum WakeUp implements Command {
    INSTANCE
  }

  private record GoOn(Runnable next) implements Command {}

  static final String PROCESS = "sender";

  static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.counter(
              "sender_points_total",
              "Measurements by what their program knows: ok (acknowledged at once), failed, sent"
                  + " (nobody tells).",
              "sender",
              "result"),
          MetricInfo.counter(
              "sender_points_caught_up_total",
              "Measurements that failed, and were taken later.",
              "sender"),
          MetricInfo.counter(
              "sender_points_dropped_total",
              "Measurements that failed, and became too old to be sent.",
              "sender"));

  private final Env<Command> env;
  private final SenderConfig config;
  private final Address target;
  private final int hosts;
  private final Outbox<Command> outbox;
  private final Metrics.Counter ok;
  private final Metrics.Counter failed;
  private final Metrics.Counter sent;
  private final Metrics.Counter caughtUp;
  private final Metrics.Counter dropped;
  private double rest;

  private Sender(
      Env<Command> env,
      TimerScheduler<Command> timers,
      SenderConfig config,
      Address target,
      int hosts) {
    super(env.context());
    this.env = env;
    this.config = config;
    this.target = target;
    this.hosts = hosts;
    this.outbox =
        new Outbox<>(
            env,
            target,
            config.patience(),
            GoOn::new,
            wait -> timers.startSingleTimer(WakeUp.INSTANCE, wait),
            this);
    String entry = env.host().entry();
    Metrics metrics = env.metrics();
    ok = metrics.counter("sender_points_total", "sender", entry, "result", "ok");
    failed = metrics.counter("sender_points_total", "sender", entry, "result", "failed");
    sent = metrics.counter("sender_points_total", "sender", entry, "result", "sent");
    caughtUp = metrics.counter("sender_points_caught_up_total", "sender", entry);
    dropped = metrics.counter("sender_points_dropped_total", "sender", entry);
    long period = config.flushEvery().toNanos();
    Duration phase = Duration.ofNanos(env.random("phase").nextLong(period));
    timers.startTimerAtFixedRate(FlushDue.INSTANCE, phase, config.flushEvery());
  }

  static ProcessSpec<Command> spec(SenderConfig config, Address target, int hosts) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new Sender(env, timers, config, target, hosts)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FlushDue.class, due -> onFlushDue())
        .onMessage(WakeUp.class, wake -> onWakeUp())
        .onMessage(GoOn.class, this::onGoOn)
        .build();
  }

  private Behavior<Command> onFlushDue() {
    double made = rest + config.rate().perSecond() * config.flushEvery().toNanos() / 1e9 / hosts;
    int points = (int) made;
    rest = made - points;
    if (points > 0 && config.acknowledged()) {
      outbox.add(new Outbox.Batch(config.path(), points, env.nowNanos()));
    } else if (points > 0) {
      sent.add(points);
      env.send(target, new Datagram(config.path(), points * (int) config.pointSize().bytes()));
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
  public void onTime(Outbox.Batch batch) {
    ok.add(batch.points());
  }

  @Override
  public void late(Outbox.Batch batch) {
    failed.add(batch.points());
  }

  @Override
  public void caughtUp(Outbox.Batch batch) {
    caughtUp.add(batch.points());
  }

  @Override
  public void dropped(Outbox.Batch batch) {
    dropped.add(batch.points());
  }
}
