package dev.cascade.models.logs;

import dev.cascade.models.records.Level;
import dev.cascade.models.records.LineKind;
import dev.cascade.models.records.Lines;
import dev.cascade.models.records.TokenBucket;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.MetricInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * What a process writes its log lines to: {@code Log log = Log.to(env, config);}, then {@code
 * log.warn("cannot_open_session");}. Any actor of the process may write, in its turn; one whose
 * lines find no room is blocked when its turn is over, until they are in.
 *
 * <p>Lines go through a queue to the appender's thread, which formats them and writes them to a
 * file; the agent of the host ({@link LogAgent#start}) reads that.
 */
public final class Log {
  /** The child of a process that is its appender. */
  private static final String CHILD = "log";

  private final Env<?> env;
  private final String service;
  private final @Nullable LogConfig config; // null: lines go nowhere
  private final @Nullable Sink sink;

  /** What there is where lines go somewhere. */
  private record Sink(
      AppenderQueue queue, LogFile file, LogMeter meter, ActorRef<Appender.Command> appender) {}

  private final Map<String, LineKind> kinds = new HashMap<>(); // answers, is never walked
  private final Map<LineKind, TokenBucket> limits = new HashMap<>(); // answers, is never walked
  private int blocked;

  private Log(Env<?> env, String service, @Nullable LogConfig config, @Nullable Sink sink) {
    this.env = env;
    this.service = service;
    this.config = config;
    this.sink = sink;
  }

  /**
   * The log of a process whose lines bear the name of its host's entry.
   *
   * @param env of the process, or of the actor in it that makes the log, once
   * @param config null if its lines are to go nowhere, at no cost
   */
  public static Log to(Env<?> env, @Nullable LogConfig config) {
    return to(env, env.host().entry(), config);
  }

  /** The same with another name. */
  public static Log to(Env<?> env, String service, @Nullable LogConfig config) {
    if (config == null) {
      return new Log(env, service, null, null);
    }
    LogFile file = file(env, config);
    LogMeter meter = new LogMeter(env.metrics(), service);
    meter.lostInCrash.add(file.inProcess); // of the process that was here before
    file.inProcess = 0;
    AppenderQueue queue =
        new AppenderQueue(
            config.queueSize(),
            (int) (config.queueSize() * config.discardingThreshold().value()),
            config.neverBlock());
    ActorRef<Appender.Command> appender =
        env.spawn(CHILD, Appender.spec(service, config, queue, file, meter));
    return new Log(env, service, config, new Sink(queue, file, meter, appender));
  }

  /** A file of the process's own on the machine; it survives the process. */
  private static LogFile file(Env<?> env, LogConfig config) {
    Disk disk = env.disk(Disk.Lifetime.MACHINE);
    String name = LogFile.PREFIX + env.self().process();
    return disk.read(name, LogFile.class)
        .orElseGet(
            () -> {
              LogFile created = new LogFile(config);
              disk.write(name, created);
              return created;
            });
  }

  /** The metrics of logs and agents; a model whose processes write to one has them too. */
  public static List<MetricInfo> metrics() {
    return Stream.concat(LogMeter.DOCUMENTATION.stream(), LogAgent.metrics().stream()).toList();
  }

  /** Writes a line at DEBUG. */
  public void debug(String kind) {
    write(Level.DEBUG, kind, 1);
  }

  /** Writes a line at INFO. */
  public void info(String kind) {
    write(Level.INFO, kind, 1);
  }

  /** Writes a line at WARN. */
  public void warn(String kind) {
    write(Level.WARN, kind, 1);
  }

  /** Writes an error: as many lines at ERROR as are configured. */
  public void error(String kind) {
    write(Level.ERROR, kind, config == null ? 0 : config.errorLines());
  }

  /**
   * Writes equal lines.
   *
   * @param kind what they say, {@code cannot_open_session}; one logger, for rate limits
   * @param count of them; they are let in one by one
   */
  public void write(Level level, String kind, int count) {
    if (config != null && count > 0) {
      write(
          kinds.computeIfAbsent(
              level + " " + kind,
              name -> new LineKind(service, kind, level, (int) config.lineSize().bytes())),
          count);
    }
  }

  /** Writes equal lines of a size of their own, such as stack traces. */
  public void write(LineKind kind, int count) {
    Sink to = sink;
    if (to == null || count < 1) {
      return;
    }
    to.meter.written(kind.level(), count);
    int allowed = allowed(kind, count);
    to.meter.suppressed.add(count - allowed);
    if (allowed == 0) {
      return;
    }
    Lines lines = new Lines(kind, allowed, env.nowNanos());
    boolean idle = to.queue.size() == 0;
    AppenderQueue.Offered offered = to.queue.offer(lines);
    to.meter.discarded.add(offered.discarded());
    to.meter.refused.add(offered.refused());
    if (offered.waiting() > 0) {
      block(to, lines.of(offered.waiting()));
    }
    to.file.inProcess = to.queue.held();
    to.meter.queued.set((double) to.queue.held());
    if (idle && to.queue.size() > 0) {
      to.appender.tell(Appender.Work.INSTANCE);
    }
  }

  private void block(Sink to, Lines rest) {
    Runnable resume = env.block();
    long since = env.nowNanos();
    to.meter.blocked.set(++blocked);
    to.queue.await(
        rest,
        () -> {
          to.meter.blocked.set(--blocked);
          to.meter.blockedTime.recordNanos(Math.max(0, env.nowNanos() - since));
          resume.run();
        });
  }

  private int allowed(LineKind kind, int count) {
    if (config == null || config.rateLimit() == null) {
      return count;
    }
    double perSecond = config.rateLimit().perSecond();
    return limits
        .computeIfAbsent(kind, one -> new TokenBucket(perSecond, perSecond))
        .takeUpTo(count, env.nowNanos());
  }
}
