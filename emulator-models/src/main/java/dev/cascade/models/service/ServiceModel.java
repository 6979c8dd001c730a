package dev.cascade.models.service;

import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import java.util.List;

/** Servers on hosts of their own. */
public final class ServiceModel implements Model<ServiceConfig> {
  /** The process at which each host serves. */
  public static final String PROCESS = "server";

  private static final String TEMPLATE = "server";

  @Override
  public String name() {
    return "service";
  }

  @Override
  public String summary() {
    return "Servers that answer HTTP requests with a pool of threads behind a bounded queue.";
  }

  @Override
  public Class<ServiceConfig> configType() {
    return ServiceConfig.class;
  }

  @Override
  public void place(Placement<ServiceConfig> placement) {
    ServiceConfig config = placement.config();
    String service = placement.entry();
    placement.template(
        TEMPLATE,
        HostSpec.cores(config.cores()).discipline(config.cpuDiscipline()),
        boot -> boot.start(PROCESS, Server.spec(service, config.server())));
    placement.serves(TEMPLATE, PROCESS);
    placement.replicas(TEMPLATE);
  }

  @Override
  public List<MetricInfo> metrics() {
    return Server.metrics();
  }

  @Override
  public List<String> estimates(String entry, ServiceConfig config, int replicas) {
    return config.endpoints().stream()
        .map(endpoint -> Capacity.sentence(entry, endpoint, config, replicas))
        .toList();
  }

  /** If all requests are for the dearest endpoint. */
  @Override
  public double capacityPerSecond(ServiceConfig config, int replicas) {
    return config.endpoints().stream()
        .mapToDouble(endpoint -> Capacity.perSecond(endpoint, config, replicas))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }
}
