package dev.cascade.models.systemd;

import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** The thread of a program that logs now and then, though nobody asks anything of it. */
public final class IdleLog extends AbstractBehavior<IdleLog.Due> {
  /** How much shorter or longer a pause may be than the mean: a guess, as of timers with jitter. */
  private static final double SPREAD = 0.2;

  /** It is time for a line. */
  public enum Due {
    INSTANCE
  }

  private final TimerScheduler<Due> timers;
  private final RandomStream pauses;
  private final Duration mean;
  private final Consumer<String> log;

  private IdleLog(Env<Due> env, TimerScheduler<Due> timers, Duration mean, Consumer<String> log) {
    super(env.context());
    this.timers = timers;
    this.pauses = env.random("pauses");
    this.mean = mean;
    this.log = log;
    schedule();
  }

  /** A thread that logs every so often in the mean. */
  public static ProcessSpec<Due> spec(Duration mean, Consumer<String> log) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new IdleLog(env, timers, mean, log)));
  }

  private void schedule() {
    double factor = 1 + SPREAD * (2 * pauses.nextDouble() - 1);
    timers.startSingleTimer(Due.INSTANCE, Duration.ofNanos((long) (mean.toNanos() * factor)));
  }

  @Override
  public Receive<Due> createReceive() {
    return newReceiveBuilder().onMessage(Due.class, due -> onDue()).build();
  }

  private Behavior<Due> onDue() {
    schedule();
    log.accept("idle");
    return this;
  }
}
