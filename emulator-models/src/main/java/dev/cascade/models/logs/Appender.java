package dev.cascade.models.logs;

import dev.cascade.models.records.Level;
import dev.cascade.models.records.LineKind;
import dev.cascade.models.records.Lines;
import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Env;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** The thread of an AsyncAppender, which formats lines and writes them to the file. */
final class Appender extends AbstractBehavior<Appender.Command> {
  sealed interface Command {}

  /** What other processes of the host say. */
  sealed interface Wire extends Command, WireMessage {}

  /** The agent has read: there is room in the file. */
  record Room() implements Wire {}

  /** There are lines in the queue. */
  enum Work implements Command {
    INSTANCE
  }

  /** So many of the oldest lines are formatted. */
  private record Formatted(int lines) implements Command {}

  private enum NormalDue implements Command {
    INSTANCE
  }

  /** Normal lines come in portions that the queue has room for: a third of Logback's. */
  private static final double NORMAL_LINES = 85;

  private static final Duration NORMAL_MAX = Duration.ofSeconds(1);

  private final Env<Command> env;
  private final TimerScheduler<Command> timers;
  private final LogConfig config;
  private final AppenderQueue queue;
  private final LogFile file;
  private final LogMeter meter;
  private final LineKind normal;
  private final Address agent;

  private State state = State.IDLE;
  private double normalOwed; // parts of a line, until the next time
  private double normalPortion;

  private enum State {
    /** The queue is empty. */
    IDLE,
    /** It formats lines. */
    WRITING,
    /** The file is full, and the agent has not said that there is room. */
    STALLED
  }

  private Appender(
      Env<Command> env,
      TimerScheduler<Command> timers,
      String service,
      LogConfig config,
      AppenderQueue queue,
      LogFile file,
      LogMeter meter) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = config;
    this.queue = queue;
    this.file = file;
    this.meter = meter;
    this.normal = new LineKind(service, "normal", Level.INFO, (int) config.lineSize().bytes());
    this.agent = Address.of(env.host().name(), LogAgent.PROCESS);
    long lineNanos = config.lineCpu().toNanos();
    env.costs(
        command ->
            command instanceof Formatted done ? new Cost(done.lines() * lineNanos, 0) : Cost.FREE);
    if (config.normal() != null) {
      startNormal(config.normal().bytesPerSecond());
    }
  }

  static ProcessSpec<Command> spec(
      String service, LogConfig config, AppenderQueue queue, LogFile file, LogMeter meter) {
    return ProcessSpec.of(
        env ->
            Behaviors.withTimers(
                timers -> new Appender(env, timers, service, config, queue, file, meter)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Room.class, room -> onRoom())
        .onMessage(Work.class, work -> onWork())
        .onMessage(Formatted.class, this::onFormatted)
        .onMessage(NormalDue.class, due -> onNormalDue())
        .build();
  }

  private Behavior<Command> onRoom() {
    if (state == State.STALLED) {
      state = State.IDLE;
      next();
    }
    return this;
  }

  private Behavior<Command> onWork() {
    if (state == State.IDLE) {
      next();
    }
    return this;
  }

  /** Takes up the oldest lines of one kind. */
  private void next() {
    if (queue.size() == 0) {
      state = State.IDLE;
      return;
    }
    state = State.WRITING;
    Lines lines = queue.oldest(config.queueSize());
    getContext().getSelf().tell(new Formatted(lines.count()));
  }

  private Behavior<Command> onFormatted(Formatted done) {
    write(done.lines());
    return this;
  }

  private void write(int formatted) {
    Lines lines = queue.oldest(formatted);
    boolean quiet = file.lines() == 0;
    int in = file.write(lines);
    meter.rotated.add(file.rotate());
    if (in > 0) {
      queue.remove(in);
      queue.admit();
      file.inProcess = queue.held();
      meter.queued.set((double) queue.held());
    }
    if (quiet && in > 0) {
      env.send(agent, new LogAgent.Written());
    }
    if (in < lines.count()) {
      state = State.STALLED; // those left are formatted once more: at most one queue's
      file.await(env.self());
    } else {
      next();
    }
  }

  // ---- what is written whatever happens

  private void startNormal(double bytesPerSecond) {
    double seconds = NORMAL_LINES * config.lineSize().bytes() / bytesPerSecond;
    Duration period =
        seconds >= NORMAL_MAX.toSeconds()
            ? NORMAL_MAX
            : Duration.ofNanos(Math.max(1_000_000, Math.round(seconds * 1e9)));
    double portion = bytesPerSecond * period.toNanos() / 1e9 / config.lineSize().bytes();
    normalOwed = env.random("normal").nextDouble() * portion; // hosts are out of step
    timers.startTimerAtFixedRate(NormalDue.INSTANCE, period);
    normalPortion = portion;
  }

  private Behavior<Command> onNormalDue() {
    normalOwed += normalPortion;
    int due = (int) normalOwed;
    normalOwed -= due;
    if (due > 0) {
      meter.written(Level.INFO, due);
      AppenderQueue.Offered offered = queue.offer(new Lines(normal, due, env.nowNanos()));
      meter.discarded.add(offered.discarded());
      file.inProcess = queue.held();
      meter.queued.set((double) queue.held());
      return onWork();
    }
    return this;
  }
}
