package dev.cascade.models.logs;

import dev.cascade.models.records.Level;
import dev.cascade.models.records.LineKind;
import dev.cascade.models.records.Lines;
import dev.cascade.node.Address;
import dev.cascade.node.Cost;
import dev.cascade.node.Disk;
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

  private final Env<Command> env;
  private final TimerScheduler<Command> timers;
  private final LogConfig config;
  private final AppenderQueue queue;
  private final Disk disk;
  private final String file; // its name
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
      String file,
      LogMeter meter) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = config;
    this.queue = queue;
    this.disk = env.disk(Disk.Lifetime.MACHINE);
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
      String service, LogConfig config, AppenderQueue queue, String file, LogMeter meter) {
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
    LogFile before = LogFile.of(disk, file);
    int in = before.room(lines);
    if (in > 0) {
      LogFile written = before.with(lines.of(in));
      LogFile after = written.rotated();
      meter.rotated.add(written.count() - after.count());
      disk.write(file, after);
      queue.remove(in);
      queue.admit();
      Log.note(disk, file, queue, meter);
      if (before.count() == 0) {
        env.send(agent, new LogAgent.Written());
      }
    }
    if (in < lines.count()) {
      state = State.STALLED; // those left are formatted once more: at most one queue's
      disk.write(file, LogFile.of(disk, file).waiting(env.self()));
    } else {
      next();
    }
  }

  // ---- what is written whatever happens

  /** No less often than the agent sends what it has: a finer grain changes nothing beyond it. */
  private void startNormal(double bytesPerSecond) {
    Duration longest = config.agent().batchAge();
    double seconds = NORMAL_LINES * normal.bytes() / bytesPerSecond;
    Duration period =
        seconds >= longest.toNanos() / 1e9
            ? longest
            : Duration.ofNanos(Math.max(1_000_000, Math.round(seconds * 1e9)));
    normalPortion = bytesPerSecond * period.toNanos() / 1e9 / normal.bytes();
    // Hosts are out of step, or all agents would send at once.
    long phase = (long) (env.random("normal").nextDouble() * period.toNanos());
    timers.startTimerAtFixedRate(
        NormalDue.INSTANCE, NormalDue.INSTANCE, Duration.ofNanos(phase), period);
  }

  private Behavior<Command> onNormalDue() {
    normalOwed += normalPortion;
    int due = (int) normalOwed;
    normalOwed -= due;
    if (due > 0) {
      meter.written(Level.INFO, due);
      AppenderQueue.Offered offered = queue.offer(new Lines(normal, due, env.nowNanos()));
      meter.discarded.add(offered.discarded());
      Log.note(disk, file, queue, meter);
      return onWork();
    }
    return this;
  }
}
