package dev.cascade.models.kinesis;

import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Offer;
import dev.cascade.node.Placement;
import dev.cascade.node.Reference;
import dev.cascade.node.Surroundings;
import java.util.List;

/** An application that reads a stream, on hosts of its own. */
public final class KinesisConsumerModel implements Model<KinesisConsumerConfig> {
  /** The process of each host. */
  public static final String PROCESS = "consumer";

  private static final String TEMPLATE = "consumer";

  @Override
  public String name() {
    return "kinesis-consumer";
  }

  @Override
  public String summary() {
    return "An application that reads a stream: an indexer, an archive; a thread for each shard.";
  }

  @Override
  public Class<KinesisConsumerConfig> configType() {
    return KinesisConsumerConfig.class;
  }

  @Override
  public void place(Placement<KinesisConsumerConfig> placement) {
    KinesisConsumerConfig config = placement.config();
    String application = placement.entry();
    int members = placement.replicas();
    placement.template(
        TEMPLATE, HostSpec.cores(config.cores()), boot -> boot(boot, application, config, members));
    placement.replicas(TEMPLATE);
  }

  private static void boot(
      Boot boot, String application, KinesisConsumerConfig config, int members) {
    List<Address> streams = boot.addresses(config.stream());
    if (streams.isEmpty()) {
      throw new IllegalStateException(
          "The stream (" + config.stream() + ") serves nowhere. Maybe it has no replicas?");
    }
    String host = boot.host().name();
    int self = Integer.parseInt(host.substring(host.lastIndexOf('-') + 1)) - 1;
    boot.start(PROCESS, KinesisConsumer.spec(application, config, streams.get(0), self, members));
  }

  @Override
  public List<Reference> references(KinesisConsumerConfig config) {
    return List.of(Reference.to(config.stream(), "kinesis"));
  }

  @Override
  public Offer offer(String entry, KinesisConsumerConfig config, Surroundings others) {
    return Offer.NOTHING;
  }

  @Override
  public List<Action<KinesisConsumerConfig, ?>> actions() {
    return List.of(new UseFanOut());
  }

  @Override
  public List<MetricInfo> metrics() {
    return ConsumerMeter.DOCUMENTATION;
  }
}
