package dev.cascade.models.broker;

import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import dev.cascade.node.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Brokers on hosts of their own. */
public final class BrokerModel implements Model<BrokerConfig> {
  /** The process at which each host serves. */
  public static final String PROCESS = "broker";

  private static final String TEMPLATE = "broker";

  @Override
  public String name() {
    return "broker";
  }

  @Override
  public String summary() {
    return "Brokers that keep topics in partitions, and coordinate the groups that read them.";
  }

  @Override
  public Class<BrokerConfig> configType() {
    return BrokerConfig.class;
  }

  @Override
  public void place(Placement<BrokerConfig> placement) {
    BrokerConfig config = placement.config();
    String entry = placement.entry();
    List<Address> brokers = new ArrayList<>();
    for (int i = 1; i <= placement.replicas(); i++) {
      brokers.add(Address.of(entry + "-" + i, PROCESS));
    }
    placement.template(
        TEMPLATE, HostSpec.cores(config.cores()), boot -> boot(boot, entry, config, brokers));
    placement.serves(TEMPLATE, PROCESS);
    placement.replicas(TEMPLATE);
  }

  private static void boot(Boot boot, String entry, BrokerConfig config, List<Address> brokers) {
    int self = brokers.indexOf(Address.of(boot.host().name(), PROCESS));
    boot.start(PROCESS, BrokerServer.spec(entry, config, brokers, self));
  }

  @Override
  public List<MetricInfo> metrics() {
    return Stream.concat(
            WorkerPool.Names.documentation("broker", "request", "broker").stream(),
            Stream.of(
                MetricInfo.counter(
                    "broker_records_in_total", "Records appended.", "broker", "topic"),
                MetricInfo.counter(
                    "broker_records_out_total", "Records sent.", "broker", "topic", "group"),
                MetricInfo.counter(
                    "broker_records_refetched_total",
                    "Records sent to a group that had been sent them before.",
                    "broker",
                    "topic",
                    "group"),
                MetricInfo.counter(
                    "broker_records_deleted_total",
                    "Records that retention deleted.",
                    "broker",
                    "topic"),
                MetricInfo.gauge(
                    "broker_log_bytes", "Size of a partition.", "broker", "topic", "partition"),
                MetricInfo.gauge(
                    "broker_consumer_lag",
                    "Records that a group has not committed, as an exporter sees it every 5 s.",
                    "broker",
                    "topic",
                    "partition",
                    "group"),
                MetricInfo.counter(
                    "broker_group_rebalances_total",
                    "How often a group's members were given new parts.",
                    "broker",
                    "group")))
        .toList();
  }

  @Override
  public List<EventInfo> events() {
    return List.of(Coordinator.REBALANCED);
  }

  @Override
  public List<String> estimates(String entry, BrokerConfig config, int replicas) {
    double disk = config.diskBandwidth().bytesPerSecond();
    return config.topics().stream()
        .map(
            topic ->
                String.format(
                    Locale.ROOT,
                    "%s can write %.0f/s of %s: %d disks, %d B a record.",
                    entry,
                    Math.min(replicas, topic.partitions()) * disk / topic.recordSize().bytes(),
                    topic.name(),
                    Math.min(replicas, topic.partitions()),
                    topic.recordSize().bytes()))
        .toList();
  }
}
