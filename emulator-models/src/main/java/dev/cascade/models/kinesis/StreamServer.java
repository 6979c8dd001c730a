package dev.cascade.models.kinesis;

import dev.cascade.models.records.PutRecords;
import dev.cascade.models.records.PutResult;
import dev.cascade.models.records.Records;
import dev.cascade.node.Env;
import dev.cascade.node.EventInfo;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Metrics;
import dev.cascade.node.ProcessSpec;
import dev.cascade.node.WireMessage;
import dev.cascade.random.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * A stream. All of its shards are one process without CPU costs: what bounds them is what Amazon
 * gives a shard, not its machines.
 */
final class StreamServer extends AbstractBehavior<WireMessage> {
  /** How often lags are measured: a guess; CloudWatch has them each minute. */
  private static final Duration MEASURED = Duration.ofSeconds(5);

  static final EventInfo RESHARDED =
      new EventInfo("resharded", List.of("stream", "shards"), "A stream has more open shards.");

  private record Resharded(int shards) implements WireMessage {}

  private enum MeasureDue implements WireMessage {
    INSTANCE
  }

  private final Env<WireMessage> env;
  private final TimerScheduler<WireMessage> timers;
  private final KinesisConfig config;
  private final String stream;
  private final RandomStream keys;
  private final Shards shards;

  private final Metrics.Counter recordsIn;
  private final Metrics.Counter bytesIn;
  private final Metrics.Counter linesIn;
  private final Metrics.Counter throttled;
  private final Metrics.Gauge open;
  private final Map<String, Reading> readings = new TreeMap<>();

  /** What is measured of one application. */
  private static final class Reading {
    private final Metrics.Counter bytes;
    private final Metrics.Counter throttled;
    private final Metrics.Counter lost;
    private final Metrics.Gauge lagRecords;
    private final Metrics.Gauge lagBytes;
    private final Metrics.Gauge age;

    private Reading(Metrics metrics, String stream, String application) {
      String[] labels = {"stream", stream, "consumer", application};
      bytes = metrics.counter("kinesis_read_bytes_total", labels);
      throttled = metrics.counter("kinesis_read_throttled_total", labels);
      lost = metrics.counter("kinesis_expired_lines_total", labels);
      lagRecords = metrics.gauge("kinesis_consumer_lag_records", labels);
      lagBytes = metrics.gauge("kinesis_consumer_lag_bytes", labels);
      age = metrics.gauge("kinesis_oldest_unread_seconds", labels);
    }
  }

  static final List<MetricInfo> METRICS =
      List.of(
          MetricInfo.gauge("kinesis_open_shards", "Shards that take records.", "stream"),
          MetricInfo.counter("kinesis_incoming_records_total", "Records taken.", "stream"),
          MetricInfo.counter("kinesis_incoming_bytes_total", "Bytes taken.", "stream"),
          MetricInfo.counter("kinesis_incoming_lines_total", "Lines in them.", "stream"),
          MetricInfo.counter(
              "kinesis_write_throttled_total",
              "Records that found no room in their shard.",
              "stream"),
          MetricInfo.counter(
              "kinesis_read_bytes_total", "Bytes given to an application.", "stream", "consumer"),
          MetricInfo.counter(
              "kinesis_read_throttled_total", "Calls not answered.", "stream", "consumer"),
          MetricInfo.counter(
              "kinesis_expired_lines_total",
              "Lines deleted before an application had read them.",
              "stream",
              "consumer"),
          MetricInfo.gauge(
              "kinesis_consumer_lag_records",
              "Records that an application has not done.",
              "stream",
              "consumer"),
          MetricInfo.gauge(
              "kinesis_consumer_lag_bytes",
              "Bytes that an application has not done.",
              "stream",
              "consumer"),
          MetricInfo.gauge(
              "kinesis_oldest_unread_seconds",
              "How long ago the oldest line was written that an application has not done.",
              "stream",
              "consumer"));

  private StreamServer(
      Env<WireMessage> env,
      TimerScheduler<WireMessage> timers,
      String stream,
      KinesisConfig config) {
    super(env.context());
    this.env = env;
    this.timers = timers;
    this.config = config;
    this.stream = stream;
    this.keys = env.random("keys");
    this.shards = new Shards(config.shards(), config.retention().toNanos());
    Metrics metrics = env.metrics();
    this.recordsIn = metrics.counter("kinesis_incoming_records_total", "stream", stream);
    this.bytesIn = metrics.counter("kinesis_incoming_bytes_total", "stream", stream);
    this.linesIn = metrics.counter("kinesis_incoming_lines_total", "stream", stream);
    this.throttled = metrics.counter("kinesis_write_throttled_total", "stream", stream);
    this.open = metrics.gauge("kinesis_open_shards", "stream", stream);
    open.set(shards.openCount());
    timers.startTimerAtFixedRate(MeasureDue.INSTANCE, MEASURED);
  }

  static ProcessSpec<WireMessage> spec(String stream, KinesisConfig config) {
    return ProcessSpec.of(
        env -> Behaviors.withTimers(timers -> new StreamServer(env, timers, stream, config)));
  }

  @Override
  public Receive<WireMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(PutRecords.class, this::onPutRecords)
        .onMessage(Wire.GetRecords.class, this::onGetRecords)
        .onMessage(Wire.ListShards.class, this::onListShards)
        .onMessage(Wire.UpdateShardCount.class, this::onUpdateShardCount)
        .onMessage(Resharded.class, this::onResharded)
        .onMessage(MeasureDue.class, due -> onMeasureDue())
        .build();
  }

  private Behavior<WireMessage> onPutRecords(PutRecords put) {
    List<Integer> rest = new ArrayList<>();
    for (Records records : put.records()) {
      int left = shards.put(records, put.key(), keys, env.nowNanos());
      Records taken = records.of(records.count() - left);
      recordsIn.add(taken.count());
      bytesIn.add(taken.bytes());
      linesIn.add(taken.lines());
      throttled.add(left);
      rest.add(left);
    }
    env.reply(put.replyTo(), new PutResult(rest));
    return this;
  }

  private Behavior<WireMessage> onGetRecords(Wire.GetRecords get) {
    Reading reading = reading(get.application());
    Shard shard = shards.shard(get.shard());
    if (shard.parent() >= 0) {
      shards.shard(shard.parent()).finish(get.application());
    }
    Wire.Got got =
        shard.get(get.application(), get.chunk(), get.offset(), get.enhanced(), env.nowNanos());
    if (got == null) {
      reading.throttled.increment();
      env.reply(get.replyTo(), new Wire.Throttled());
    } else {
      reading.bytes.add(got.records().stream().mapToLong(Records::bytes).sum());
      env.reply(get.replyTo(), got);
    }
    return this;
  }

  private Behavior<WireMessage> onListShards(Wire.ListShards list) {
    reading(list.application());
    env.reply(list.replyTo(), new Wire.Shards(shards.roots()));
    return this;
  }

  private Reading reading(String application) {
    shards.register(application);
    return readings.computeIfAbsent(application, name -> new Reading(env.metrics(), stream, name));
  }

  // ---- shards

  private Behavior<WireMessage> onUpdateShardCount(Wire.UpdateShardCount update) {
    timers.startSingleTimer("reshard", new Resharded(update.shards()), config.reshardTime());
    return this;
  }

  /** No more than twice as many at once, as UpdateShardCount has it. */
  private Behavior<WireMessage> onResharded(Resharded resharded) {
    shards.splitTo(Math.min(resharded.shards(), 2 * shards.openCount()));
    open.set(shards.openCount());
    env.event(RESHARDED.name(), "stream", stream, "shards", Integer.toString(shards.openCount()));
    return this;
  }

  private Behavior<WireMessage> onMeasureDue() {
    long now = env.nowNanos();
    for (Shard shard : shards.all()) {
      shard.expire(now);
    }
    readings.forEach(
        (application, reading) -> {
          long records = 0;
          long bytes = 0;
          long age = 0;
          for (Shard shard : shards.all()) {
            Shard.Amount lag = shard.lag(application);
            records += lag.records();
            bytes += lag.bytes();
            age = Math.max(age, shard.ageNanos(application, now));
            reading.lost.add(shard.takeLost(application));
          }
          reading.lagRecords.set((double) records);
          reading.lagBytes.set((double) bytes);
          reading.age.set(age / 1e9);
        });
    return this;
  }
}
