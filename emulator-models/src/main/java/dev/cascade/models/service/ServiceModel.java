package dev.cascade.models.service;

import dev.cascade.models.call.Caching;
import dev.cascade.models.call.Call;
import dev.cascade.models.call.CallClient;
import dev.cascade.models.call.LookAside;
import dev.cascade.models.discovery.Upstream;
import dev.cascade.models.http.AskedPath;
import dev.cascade.models.logs.Log;
import dev.cascade.models.logs.LogAgent;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.Demand;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Offer;
import dev.cascade.node.Placement;
import dev.cascade.node.Reference;
import dev.cascade.node.Surroundings;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Servers on hosts of their own. */
public final class ServiceModel implements Model<ServiceConfig> {
  /** The process at which each host serves. */
  public static final String PROCESS = "server";

  /** How each host boots, for those that rent more of them. */
  public static final String TEMPLATE = "server";

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
        boot -> boot(boot, service, config));
    placement.serves(TEMPLATE, PROCESS);
    placement.replicas(TEMPLATE);
  }

  private static void boot(Boot boot, String service, ServiceConfig config) {
    boolean scaled = boot.registry(service).isPresent();
    Usage usage = scaled ? new Usage(config.server().places(), config.cores()) : null;
    Address server =
        boot.start(
            PROCESS,
            Server.spec(
                service,
                config.server(),
                target -> Upstream.of(boot, target),
                usage,
                config.logs()));
    LogAgent.start(boot, config.logs());
    if (usage != null) {
      String starter = boot.arguments().get(UsageAgent.REGISTRY);
      Address registry = starter == null ? null : Address.parse(starter);
      boot.start(UsageAgent.PROCESS, UsageAgent.spec(usage, server, registry));
    }
  }

  @Override
  public List<Reference> references(ServiceConfig config) {
    List<Call> calls = config.server().calls();
    return Stream.of(
            calls.stream().map(Call::target).distinct().map(Reference::to),
            calls.stream()
                .map(Call::cache)
                .filter(Objects::nonNull)
                .map(Caching::target)
                .distinct()
                .map(cache -> Reference.to(cache, "cache")),
            Stream.ofNullable(config.logs()).map(logs -> Reference.to(logs.stream(), "kinesis")))
        .flatMap(all -> all)
        .toList();
  }

  @Override
  public List<MetricInfo> metrics() {
    return Stream.of(Server.metrics(), CallClient.metrics(), LookAside.metrics(), Log.metrics())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<EventInfo> events() {
    return Stream.concat(CallClient.events().stream(), LookAside.events().stream()).toList();
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

  @Override
  public void check(String entry, ServiceConfig config, Surroundings others) {
    config
        .server()
        .calls()
        .forEach(call -> new AskedPath(call.target(), call.path()).check(entry, others));
  }

  @Override
  public Offer offer(String entry, ServiceConfig config, Surroundings others) {
    return new Offer(config.server().paths());
  }

  /** What its calls ask; where a cache is asked first nobody can tell. */
  @Override
  public List<Demand> demandsOnBehalf(ServiceConfig config, Demand asked) {
    return config.endpoints().stream()
        .filter(endpoint -> endpoint.path().equals(asked.path()))
        .flatMap(endpoint -> endpoint.calls().stream())
        .filter(call -> call.cache() == null)
        .map(call -> call.demandFor(asked))
        .toList();
  }

  @Override
  public double capacityPerSecond(String entry, ServiceConfig config, Surroundings others) {
    return others.replicas(entry) * config.server().capacityPerSecond(config.cores());
  }
}
