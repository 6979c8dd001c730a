package dev.cascade.models.kinesis;

import dev.cascade.models.records.Records;
import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The thread of an application that does one shard: it asks for records, does them, says how far it
 * has got, and asks again no sooner than the poll interval after it last asked.
 */
final class ShardReader extends AbstractBehavior<ShardReader.Command> {
  sealed interface Command {}

  /** From now on it reads so. */
  record Use(FanOut fanOut) implements Command {}

  private enum PollDue implements Command {
    INSTANCE
  }

  private record Answered(Outcome outcome) implements Command {}

  /** These records are done. */
  private record Done(Wire.Got got) implements Command {}

  /** Retries of a throttled call, and how they wait: the AWS SDK's, 3 times 0.5 s doubled. */
  private static final int RETRIES = 3;

  private static final double RETRY_BASE_NANOS = 5e8;

  /** After which an answer is not waited for: a guess. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Env<Command> env;
  private final TimerScheduler<Command> timers;
  private final KinesisConsumerConfig config;
  private final String application;
  private final Address stream;
  private final ConsumerMeter meter;
  private final BiConsumer<Checkpoint, Wire.Got> whenDone;
  private final RandomStream jitter;

  private Checkpoint position;
  private FanOut fanOut;
  private long askedNanos;
  private int retries;

  /** What all readers of an application on one host have in common. */
  record Common(
      KinesisConsumerConfig config,
      String application,
      Address stream,
      ConsumerMeter meter,
      BiConsumer<Checkpoint, Wire.Got> whenDone) {}

  private ShardReader(
      Env<Command> env,
      TimerScheduler<Command> timers,
      Common common,
      FanOut fanOut,
      Checkpoint from) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = common.config();
    this.application = common.application();
    this.stream = common.stream();
    this.meter = common.meter();
    this.whenDone = common.whenDone();
    this.jitter = env.random("backoff");
    this.fanOut = fanOut;
    this.position = from;
    long cpu = config.lineCpu().toNanos();
    long hold = config.lineHold().toNanos();
    env.costs(command -> command instanceof Done done ? cost(done.got(), cpu, hold) : Cost.FREE);
    // Readers are started together, and then are as far apart as threads are in life.
    long phase = (long) (jitter.nextDouble() * config.pollInterval().toNanos());
    timers.startSingleTimer(PollDue.INSTANCE, Duration.ofNanos(phase));
  }

  static ProcessSpec<Command> spec(Common common, FanOut fanOut, Checkpoint from) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new ShardReader(env, timers, common, fanOut, from)));
  }

  private static Cost cost(Wire.Got got, long cpu, long hold) {
    long lines = got.records().stream().mapToLong(Records::lines).sum();
    return new Cost(lines * cpu, lines * hold);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Use.class, this::onUse)
        .onMessage(PollDue.class, due -> onPollDue())
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(Done.class, this::onDone)
        .build();
  }

  private Behavior<Command> onUse(Use use) {
    fanOut = use.fanOut();
    return this;
  }

  private Behavior<Command> onPollDue() {
    meter.age(env.nowNanos());
    askedNanos = env.nowNanos();
    Checkpoint from = position;
    boolean enhanced = fanOut == FanOut.ENHANCED;
    env.request(
        stream,
        replyTo ->
            new Wire.GetRecords(
                application, from.shard(), from.chunk(), from.offset(), enhanced, replyTo),
        TIMEOUT,
        Answered::new);
    return this;
  }

  private Behavior<Command> onAnswered(Answered answered) {
    if (answered.outcome() instanceof Outcome.Reply reply
        && reply.message() instanceof Wire.Got got) {
      retries = 0;
      getContext().getSelf().tell(new Done(got));
    } else if (retries < RETRIES) {
      double bound = RETRY_BASE_NANOS * StrictMath.pow(2, retries++);
      pollAfter(Duration.ofNanos((long) (bound * (1 + jitter.nextDouble()) / 2)));
    } else {
      retries = 0;
      pollAfter(config.pollInterval());
    }
    return this;
  }

  private Behavior<Command> onDone(Done done) {
    Wire.Got got = done.got();
    got.records().forEach(records -> meter.done(records, env.nowNanos()));
    boolean ended = !got.children().isEmpty();
    position = new Checkpoint(position.shard(), got.chunk(), got.offset(), ended);
    whenDone.accept(position, got);
    if (ended) {
      return Behaviors.stopped();
    }
    long waited = env.nowNanos() - askedNanos;
    pollAfter(Duration.ofNanos(Math.max(0, config.pollInterval().toNanos() - waited)));
    return this;
  }

  private void pollAfter(Duration delay) {
    timers.startSingleTimer(PollDue.INSTANCE, delay);
  }
}
