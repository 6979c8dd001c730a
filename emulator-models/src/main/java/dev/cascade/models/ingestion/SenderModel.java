package dev.cascade.models.ingestion;

import dev.cascade.models.discovery.Upstream;
import dev.cascade.models.http.AskedPath;
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

/** Programs that send measurements, on hosts of their own. */
public final class SenderModel implements Model<SenderConfig> {
  private static final String TEMPLATE = "sender";

  @Override
  public String name() {
    return "metric-sender";
  }

  @Override
  public String summary() {
    return "Programs that send batches of measurements, try again, and drop what gets too old.";
  }

  @Override
  public Class<SenderConfig> configType() {
    return SenderConfig.class;
  }

  @Override
  public void place(Placement<SenderConfig> placement) {
    SenderConfig config = placement.config();
    int hosts = placement.replicas();
    placement.template(
        TEMPLATE,
        HostSpec.cores(1),
        boot ->
            boot.start(
                Sender.PROCESS, Sender.spec(config, resolved(boot, config.target()), hosts)));
    placement.replicas(TEMPLATE);
  }

  /** Names of many addresses are given out in turn. */
  static Address resolved(Boot boot, String entry) {
    List<Address> addresses = Upstream.of(boot, entry).addresses();
    String name = boot.host().name();
    int number = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)) - 1;
    return addresses.get(number % addresses.size());
  }

  @Override
  public List<Reference> references(SenderConfig config) {
    return List.of(Reference.to(config.target()));
  }

  @Override
  public Offer offer(String entry, SenderConfig config, Surroundings others) {
    return Offer.NOTHING;
  }

  @Override
  public void check(String entry, SenderConfig config, Surroundings others) {
    new AskedPath(config.target(), config.path()).check(entry, others);
  }

  @Override
  public List<MetricInfo> metrics() {
    return Sender.METRICS;
  }
}
