package dev.cascade.models.broker;

import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import dev.cascade.node.Reference;
import dev.cascade.node.Suggestion;
import dev.cascade.node.Surroundings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Consumers of one group, on hosts of their own. */
public final class ConsumerModel implements Model<ConsumerConfig> {
  /** The process of each host. */
  public static final String PROCESS = "consumer";

  private static final String TEMPLATE = "consumer";

  @Override
  public String name() {
    return "consumer";
  }

  @Override
  public String summary() {
    return "A group of consumers that share a topic's partitions and read them in batches.";
  }

  @Override
  public Class<ConsumerConfig> configType() {
    return ConsumerConfig.class;
  }

  @Override
  public void place(Placement<ConsumerConfig> placement) {
    ConsumerConfig config = placement.config();
    String group = config.group() == null ? placement.entry() : config.group();
    placement.template(
        TEMPLATE,
        HostSpec.cores(config.cores()),
        boot -> boot.start(PROCESS, Consumer.spec(config, group, brokers(boot, config))));
    placement.replicas(TEMPLATE);
  }

  /** All brokers in the order of their numbers, which says who leads what. */
  private static List<Address> brokers(Boot boot, ConsumerConfig config) {
    List<Address> brokers = new ArrayList<>(boot.addresses(config.broker()));
    if (brokers.isEmpty()) {
      throw new IllegalStateException(
          "The broker (" + config.broker() + ") serves nowhere. Maybe it has no replicas?");
    }
    brokers.sort(Comparator.comparingInt(ConsumerModel::number));
    return brokers;
  }

  private static int number(Address broker) {
    String host = broker.host();
    return Integer.parseInt(host.substring(host.lastIndexOf('-') + 1));
  }

  @Override
  public List<Reference> references(ConsumerConfig config) {
    return List.of(Reference.to(config.broker(), "broker"));
  }

  @Override
  public void check(String entry, ConsumerConfig config, Surroundings others) {
    BrokerConfig broker = others.configs(BrokerConfig.class).get(config.broker());
    if (broker == null) {
      return;
    }
    List<String> topics = broker.topics().stream().map(Topic::name).toList();
    if (!topics.contains(config.topic())) {
      others.problem(
          entry,
          config.topic(),
          "The topic (%s) is none of (%s).%s"
              .formatted(
                  config.topic(), config.broker(), Suggestion.maybe(config.topic(), topics)));
    }
  }

  @Override
  public List<MetricInfo> metrics() {
    return ConsumerMeter.DOCUMENTATION;
  }

  @Override
  public List<String> estimates(String entry, ConsumerConfig config, int replicas) {
    double each = (config.cpu().mean().toNanos() + config.hold().mean().toNanos()) / 1e9;
    if (each == 0) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "%s can do %.1f records/s: %d members, %.1f ms each. A full batch of %d takes %.1f s"
                + " of the %.0f s that it may take.",
            entry,
            replicas / each,
            replicas,
            each * 1000,
            config.maxPollRecords(),
            config.maxPollRecords() * each,
            config.maxPollInterval().toNanos() / 1e9));
  }
}
