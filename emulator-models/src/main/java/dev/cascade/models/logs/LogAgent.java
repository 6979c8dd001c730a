package dev.cascade.models.logs;

import dev.cascade.models.records.Lines;
import dev.cascade.models.records.PutRecords;
import dev.cascade.models.records.PutResult;
import dev.cascade.models.records.Records;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.Cost;
import dev.cascade.node.Disk;
import dev.cascade.node.Env;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.Outcome;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Tails the files of its host's processes in turn, gathers lines into batches, and puts them into a
 * stream, one request at a time. Records that the stream throttles go with the next request, after
 * a while. If too many batches wait it reads nothing.
 */
public final class LogAgent extends AbstractBehavior<LogAgent.Command> {
  /** Where it runs on each host. */
  public static final String PROCESS = "log-agent";

  /** What it understands. */
  public sealed interface Command {}

  /** There are lines in a file that had none. */
  record Written() implements Command, WireMessage {}

  /** So many lines of a file are read. */
  private record Tailed(String file, int lines) implements Command {}

  private enum Due implements Command {
    BATCH,
    PUBLISH
  }

  private record Answered(Outcome outcome) implements Command {}

  /** Lines that it reads at once. */
  private static final int PORTION = 500;

  /** A request of which less is taken was too much. */
  private static final double HALF = 0.5;

  private static final String QUEUE = "log-agent/queue";

  private final Env<Command> env;
  private final TimerScheduler<Command> timers;
  private final AgentConfig config;
  private final Address stream;
  private final long key;
  private final RandomStream jitter;
  private final Disk disk;
  private final Meter meter;

  private final PublishQueue queue;
  private boolean tailing;
  private String lastFile = "";
  private boolean sending;
  private int failures;
  private Duration batchAge; // of the batch that is gathered next

  /** What is measured of an agent. */
  private static final class Meter {
    private final Metrics.Counter sent;
    private final Metrics.Counter throttled;
    private final Metrics.Gauge batches;
    private final Metrics.Gauge blocked;

    private Meter(Metrics metrics, String entry) {
      sent = metrics.counter("log_agent_records_sent_total", "service", entry);
      throttled = metrics.counter("log_agent_records_throttled_total", "service", entry);
      batches = metrics.gauge("log_agent_batches", "service", entry);
      blocked = metrics.gauge("log_agent_blocked", "service", entry);
      batches.set(0);
      blocked.set(0);
    }
  }

  private LogAgent(
      Env<Command> env, TimerScheduler<Command> timers, AgentConfig config, Address stream) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = config;
    this.stream = stream;
    this.key = config.partitionKey().of(env.host().name());
    this.jitter = env.random("backoff");
    this.disk = env.disk(Disk.Lifetime.MACHINE);
    this.meter = new Meter(env.metrics(), env.host().entry());
    this.queue = new PublishQueue(config);
    // Agents of many hosts are out of step, or all would send at once.
    this.batchAge =
        Duration.ofNanos((long) (env.random("phase").nextDouble() * config.batchAge().toNanos()));
    disk.read(QUEUE, PublishQueue.Kept.class).ifPresent(queue::restore);
    long lineNanos = config.lineCpu().toNanos();
    env.costs(
        command ->
            command instanceof Tailed tailed ? new Cost(tailed.lines() * lineNanos, 0) : Cost.FREE);
    publish();
    tail();
  }

  /**
   * Starts the agent of a host whose processes write logs.
   *
   * @param config null if they write none: then there is no agent
   */
  public static void start(Boot boot, @Nullable LogConfig config) {
    if (config == null) {
      return;
    }
    List<Address> streams = boot.addresses(config.stream());
    if (streams.isEmpty()) {
      throw new IllegalStateException(
          "The stream (" + config.stream() + ") serves nowhere. Maybe it has no replicas?");
    }
    boot.start(PROCESS, spec(config.agent(), streams.get(0)));
  }

  static ProcessSpec<Command> spec(AgentConfig config, Address stream) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new LogAgent(env, timers, config, stream)));
  }

  static List<MetricInfo> metrics() {
    return List.of(
        MetricInfo.counter(
            "log_agent_records_sent_total", "Records that the stream has taken.", "service"),
        MetricInfo.counter(
            "log_agent_records_throttled_total",
            "Records that found no room in their shard, each time.",
            "service"),
        MetricInfo.gauge("log_agent_batches", "Batches that wait to be sent.", "service"),
        MetricInfo.gauge(
            "log_agent_blocked",
            "1 while an agent reads nothing, as too many batches wait.",
            "service"));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Written.class, written -> onWritten())
        .onMessage(Tailed.class, this::onTailed)
        .onMessage(Due.class, this::onDue)
        .onMessage(Answered.class, this::onAnswered)
        .build();
  }

  // ---- files

  private Behavior<Command> onWritten() {
    tail();
    return this;
  }

  /** Reads a portion of the next file that has lines. */
  private void tail() {
    meter.blocked.set(queue.isFull() ? 1 : 0);
    if (tailing || queue.isFull()) {
      return;
    }
    String next = nextFile();
    if (next != null) {
      tailing = true;
      lastFile = next;
      int lines = (int) Math.min(PORTION, LogFile.of(disk, next).count());
      getContext().getSelf().tell(new Tailed(next, lines));
    }
  }

  /** The files that have lines have a turn each; null if there are none. */
  private @Nullable String nextFile() {
    String first = null;
    for (String file : disk.files()) {
      if (file.startsWith(LogFile.PREFIX) && LogFile.of(disk, file).count() > 0) {
        if (file.compareTo(lastFile) > 0) {
          return file;
        }
        first = first == null ? file : first;
      }
    }
    return first;
  }

  private Behavior<Command> onTailed(Tailed tailed) {
    tailing = false;
    LogFile file = LogFile.of(disk, tailed.file());
    int left = (int) Math.min(tailed.lines(), file.count()); // files may have been rotated
    while (left > 0) {
      Lines lines = file.oldest(left);
      file = file.without(lines);
      left -= lines.count();
      gather(lines);
    }
    disk.write(tailed.file(), file.waiting(null));
    disk.write(QUEUE, queue.kept());
    if (file.waiting() != null) {
      env.send(file.waiting(), new Appender.Room());
    }
    publish();
    tail();
    return this;
  }

  private void gather(Lines lines) {
    int rest = lines.count();
    while (rest > 0) {
      if (queue.gathered().isEmpty()) {
        timers.startSingleTimer(Due.BATCH, Due.BATCH, batchAge);
        batchAge = config.batchAge();
      }
      int in = queue.gathered().add(lines.of(rest));
      rest -= in;
      if (rest > 0) {
        flush(); // one more than the bound at most: a portion is no larger than a batch
      }
    }
  }

  /** The batch waits to be sent. */
  private void flush() {
    timers.cancel(Due.BATCH);
    queue.flush();
  }

  // ---- the stream

  private Behavior<Command> onDue(Due due) {
    if (due == Due.BATCH) {
      flush();
    } else {
      sending = false;
    }
    publish();
    return this;
  }

  private void publish() {
    meter.batches.set(queue.size());
    if (sending || queue.size() == 0) {
      return;
    }
    sending = true;
    List<Records> records = queue.take(config.batchRecords(), config.batchSize().bytes());
    env.request(
        stream,
        replyTo -> new PutRecords(records, key, replyTo),
        config.requestTimeout(),
        Answered::new);
  }

  private Behavior<Command> onAnswered(Answered answered) {
    if (answered.outcome() instanceof Outcome.Reply reply
        && reply.message() instanceof PutResult result) {
      int before = queue.underWay();
      int throttled = result.throttled().stream().mapToInt(Integer::intValue).sum();
      queue.done(result.throttled());
      disk.write(QUEUE, queue.kept());
      meter.sent.add(before - throttled);
      meter.throttled.add(throttled);
      goOn((before - throttled) / (double) before);
    } else {
      queue.undone();
      goOn(0);
    }
    return this;
  }

  /** Goes on when a part of the request was taken, 0 to 1. */
  private void goOn(double taken) {
    if (taken >= 1) {
      failures = 0;
      sending = false;
      publish();
    } else {
      failures = taken < HALF ? failures + 1 : Math.max(1, failures - 1);
      timers.startSingleTimer(Due.PUBLISH, Due.PUBLISH, backoff());
      meter.batches.set(queue.size());
    }
    tail();
  }

  /** Doubles while less than half of the records is taken, half of it by chance. */
  private Duration backoff() {
    double doubled = config.retryBackoff().toNanos() * StrictMath.pow(2, Math.max(0, failures - 1));
    double bound = Math.min((double) config.retryBackoffMax().toNanos(), doubled);
    return Duration.ofNanos((long) (bound * (1 + jitter.nextDouble()) / 2));
  }
}
