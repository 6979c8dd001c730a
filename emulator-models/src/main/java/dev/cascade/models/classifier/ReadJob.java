package dev.cascade.models.classifier;

import dev.cascade.models.files.DiskConfig;
import dev.cascade.models.files.FileClient;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.random.DurationDistribution;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** A job that reads the classifier now and then. */
final class ReadJob extends AbstractBehavior<ReadJob.Command> {
  sealed interface Command {}

  private enum ReadDue implements Command {
    INSTANCE
  }

  private record GoOn(Runnable next) implements Command {}

  private final TimerScheduler<Command> timers;
  private final ClassifierConfig config;
  private final DurationDistribution every;
  private final Consumer<Optional<String>> seen;
  private final FileClient<Command> files;
  private final RandomStream waits;

  private ReadJob(
      Env<Command> env,
      TimerScheduler<Command> timers,
      ClassifierConfig config,
      DiskConfig disk,
      DurationDistribution every,
      Consumer<Optional<String>> seen) {
    super(env.context());
    this.timers = timers;
    this.config = config;
    this.every = every;
    this.seen = seen;
    this.files = new FileClient<>(env, disk, GoOn::new);
    this.waits = env.random("wait");
    await();
  }

  /**
   * A reader as a child.
   *
   * @param seen gets what was read, in the reader's turn
   */
  static ProcessSpec<Command> spec(
      ClassifierConfig config,
      DiskConfig disk,
      DurationDistribution every,
      Consumer<Optional<String>> seen) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new ReadJob(env, timers, config, disk, every, seen)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(ReadDue.class, due -> onReadDue())
        .onMessage(GoOn.class, this::onGoOn)
        .build();
  }

  private Behavior<Command> onReadDue() {
    files.read(
        config.path(),
        config.lockReads(),
        text -> {
          seen.accept(text);
          await();
        });
    return this;
  }

  private Behavior<Command> onGoOn(GoOn goOn) {
    goOn.next().run();
    return this;
  }

  private void await() {
    timers.startSingleTimer(ReadDue.INSTANCE, Duration.ofNanos(every.sampleNanos(waits)));
  }
}
