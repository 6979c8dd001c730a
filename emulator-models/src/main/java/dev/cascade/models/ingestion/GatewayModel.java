package dev.cascade.models.ingestion;

import dev.cascade.models.discovery.Upstream;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Offer;
import dev.cascade.node.Placement;
import dev.cascade.node.Reference;
import dev.cascade.node.Surroundings;
import java.util.List;

/** Load-balancer nodes with a firewall. */
public final class GatewayModel implements Model<GatewayConfig> {
  /** Where each node takes its traffic, and its health checks. */
  public static final String PROCESS = Gateway.PROCESS;

  private static final String TEMPLATE = "gateway";

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public String summary() {
    return "Load-balancer nodes whose firewall lets some protocols in and swallows the rest.";
  }

  @Override
  public Class<GatewayConfig> configType() {
    return GatewayConfig.class;
  }

  @Override
  public void place(Placement<GatewayConfig> placement) {
    GatewayConfig config = placement.config();
    placement.template(
        TEMPLATE,
        HostSpec.cores(2),
        boot ->
            boot.start(
                Gateway.PROCESS,
                Gateway.spec(config, Upstream.of(boot, config.target()).addresses())));
    placement.serves(TEMPLATE, Gateway.PROCESS);
    placement.replicas(TEMPLATE);
  }

  @Override
  public List<Reference> references(GatewayConfig config) {
    return List.of(Reference.to(config.target()));
  }

  @Override
  public List<MetricInfo> metrics() {
    return Gateway.METRICS;
  }

  @Override
  public Offer offer(String entry, GatewayConfig config, Surroundings others) {
    return others.offer(config.target());
  }
}
