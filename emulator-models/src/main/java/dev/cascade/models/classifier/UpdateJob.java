package dev.cascade.models.classifier;

import dev.cascade.models.files.DiskConfig;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** A job that changes the classifier now and then, one change after the other. */
public final class UpdateJob extends AbstractBehavior<UpdateJob.Command> {
  /** What it understands. */
  public sealed interface Command {}

  /** Somebody wants a change now; it is made after the one under way. */
  public enum ChangeNow implements Command {
    INSTANCE
  }

  private enum ChangeDue implements Command {
    INSTANCE
  }

  private record GoOn(Runnable next) implements Command {}

  /** Who is told when the job has work, in its turn. */
  public interface Watch {
    /** It begins with a change (1), or has ended one (-1). */
    void working(int change);
  }

  private final Env<Command> env;
  private final TimerScheduler<Command> timers;
  private final ClassifierConfig config;
  private final DiskConfig disk;
  private final Updates updates;
  private final Watch watch;
  private final RandomStream waits;
  private final RandomStream choices;
  private boolean working;
  private boolean wanted;

  private UpdateJob(
      Env<Command> env,
      TimerScheduler<Command> timers,
      ClassifierConfig config,
      DiskConfig disk,
      Updates updates,
      Watch watch) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = config;
    this.disk = disk;
    this.updates = updates;
    this.watch = watch;
    this.waits = env.random("wait");
    this.choices = env.random("change");
    await();
  }

  /** A job as a child of the program that has it. */
  public static ProcessSpec<Command> spec(
      ClassifierConfig config, DiskConfig disk, Updates updates, Watch watch) {
    return ProcessSpec.of(
        env ->
            Behaviors.withTimers(
                timers -> new UpdateJob(env, timers, config, disk, updates, watch)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(ChangeNow.class, now -> onChangeNow())
        .onMessage(ChangeDue.class, due -> onChangeDue())
        .onMessage(GoOn.class, this::onGoOn)
        .build();
  }

  private Behavior<Command> onChangeNow() {
    wanted = working;
    if (!working) {
      change();
    }
    return this;
  }

  private Behavior<Command> onChangeDue() {
    if (!working) {
      change();
    }
    return this;
  }

  private Behavior<Command> onGoOn(GoOn goOn) {
    goOn.next().run();
    return this;
  }

  private void await() {
    long wait = config.writeEvery().sampleNanos(waits);
    timers.startSingleTimer(ChangeDue.INSTANCE, Duration.ofNanos(wait));
  }

  private void change() {
    working = true;
    watch.working(1);
    updates.change(env, disk, choices, GoOn::new, this::changed);
  }

  private void changed() {
    working = false;
    watch.working(-1);
    if (wanted) {
      wanted = false;
      change();
    } else {
      await();
    }
  }
}
