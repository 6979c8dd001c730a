package dev.cascade.models.service;

import dev.cascade.models.call.Call;
import dev.cascade.models.call.CallClient;
import dev.cascade.models.discovery.Upstream;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import dev.cascade.node.Reference;
import java.util.List;
import java.util.stream.Stream;

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
        boot ->
            boot.start(
                PROCESS,
                Server.spec(service, config.server(), target -> Upstream.of(boot, target))));
    placement.serves(TEMPLATE, PROCESS);
    placement.replicas(TEMPLATE);
  }

  @Override
  public List<Reference> references(ServiceConfig config) {
    return config.server().calls().stream()
        .map(Call::target)
        .distinct()
        .map(Reference::to)
        .toList();
  }

  @Override
  public List<MetricInfo> metrics() {
    return Stream.concat(Server.metrics().stream(), CallClient.metrics().stream()).toList();
  }

  @Override
  public List<EventInfo> events() {
    return CallClient.events();
  }

  @Override
  public List<String> estimates(String entry, ServiceConfig config, int replicas) {
    return config.endpoints().stream()
        .flatMap(
            endpoint ->
                Stream.concat(
                    Stream.of(Capacity.sentence(entry, endpoint, config, replicas)),
                    endpoint.calls().stream()
                        .map(call -> Capacity.sentence(entry, endpoint, call, config, replicas))))
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
