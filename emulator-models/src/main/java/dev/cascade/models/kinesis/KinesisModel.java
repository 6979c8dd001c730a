package dev.cascade.models.kinesis;

import dev.cascade.node.Action;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Offer;
import dev.cascade.node.Placement;
import dev.cascade.node.Surroundings;
import java.util.List;
import java.util.Locale;

/** A stream in shards. */
public final class KinesisModel implements Model<KinesisConfig> {
  /** The process of its host. */
  public static final String PROCESS = "stream";

  private static final String TEMPLATE = "stream";

  @Override
  public String name() {
    return "kinesis";
  }

  @Override
  public String summary() {
    return "A stream in shards, with the limits of Kinesis Data Streams on writing and reading.";
  }

  @Override
  public Class<KinesisConfig> configType() {
    return KinesisConfig.class;
  }

  @Override
  public void place(Placement<KinesisConfig> placement) {
    KinesisConfig config = placement.config();
    String stream = placement.entry();
    placement.template(
        TEMPLATE,
        HostSpec.cores(1), // nothing that it does costs CPU
        boot -> boot.start(PROCESS, StreamServer.spec(stream, config)));
    placement.serves(TEMPLATE, PROCESS);
    placement.replicas(TEMPLATE);
  }

  @Override
  public void check(String entry, KinesisConfig config, Surroundings others) {
    if (others.replicas(entry) != 1) {
      others.problem(
          entry,
          "replicas",
          "The replicas ("
              + others.replicas(entry)
              + ") of a stream must be 1. Maybe raise its shards?");
    }
  }

  @Override
  public Offer offer(String entry, KinesisConfig config, Surroundings others) {
    return Offer.NOTHING;
  }

  @Override
  public List<Action<KinesisConfig, ?>> actions() {
    return List.of(new UpdateShardCount());
  }

  @Override
  public List<MetricInfo> metrics() {
    return StreamServer.METRICS;
  }

  @Override
  public List<EventInfo> events() {
    return List.of(StreamServer.RESHARDED);
  }

  @Override
  public List<String> estimates(String entry, KinesisConfig config, int replicas) {
    return List.of(
        String.format(
            Locale.ROOT,
            "%s takes %d MB/s or %,d records/s, and gives %d MB/s: %d shards.",
            entry,
            Math.round(config.shards() * Limits.WRITE_BYTES / 1e6),
            Math.round(config.shards() * Limits.WRITE_RECORDS),
            Math.round(config.shards() * Limits.READ_BYTES / 1e6),
            config.shards()));
  }
}
