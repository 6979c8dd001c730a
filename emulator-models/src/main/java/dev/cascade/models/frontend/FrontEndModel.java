package dev.cascade.models.frontend;

import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import dev.cascade.node.Reference;
import java.util.List;

/** Front ends, each on a host of its own. */
public final class FrontEndModel implements Model<FrontEndConfig> {
  private static final String TEMPLATE = "front-end";

  @Override
  public String name() {
    return "front-end";
  }

  @Override
  public String summary() {
    return "Reverse proxies that find their backends in etcd, and answer 503 if there are none.";
  }

  @Override
  public Class<FrontEndConfig> configType() {
    return FrontEndConfig.class;
  }

  @Override
  public void place(Placement<FrontEndConfig> placement) {
    FrontEndConfig config = placement.config();
    placement.template(
        TEMPLATE,
        HostSpec.cores(2),
        boot -> boot.start(FrontEnd.PROCESS, FrontEnd.spec(config, boot.addresses(config.etcd()))));
    placement.serves(TEMPLATE, FrontEnd.PROCESS);
    placement.replicas(TEMPLATE);
  }

  @Override
  public List<Reference> references(FrontEndConfig config) {
    return List.of(Reference.to(config.etcd()));
  }

  @Override
  public List<MetricInfo> metrics() {
    return FrontEnd.METRICS;
  }
}
