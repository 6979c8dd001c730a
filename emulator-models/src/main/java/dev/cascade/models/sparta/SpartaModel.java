package dev.cascade.models.sparta;

import dev.cascade.models.logs.Log;
import dev.cascade.models.logs.LogAgent;
import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Offer;
import dev.cascade.node.Placement;
import dev.cascade.node.Reference;
import dev.cascade.node.Surroundings;
import dev.cascade.node.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A cluster of allocators, each instance on a host of its own. */
public final class SpartaModel implements Model<SpartaConfig> {
  /** The process at which each instance serves its clients. */
  public static final String PROCESS = "sparta";

  /** What its handlers share. */
  static final String ALLOCATOR = PROCESS + "/queue/allocator";

  private static final String TEMPLATE = "sparta";

  @Override
  public String name() {
    return "sparta";
  }

  @Override
  public String summary() {
    return "Allocators that tell services which of them has which share of the work.";
  }

  @Override
  public Class<SpartaConfig> configType() {
    return SpartaConfig.class;
  }

  @Override
  public void place(Placement<SpartaConfig> placement) {
    SpartaConfig config = placement.config();
    String entry = placement.entry();
    List<String> hosts = new ArrayList<>();
    for (int i = 1; i <= placement.replicas(); i++) {
      hosts.add(entry + "-" + i);
    }
    List<Address> allocators = hosts.stream().map(host -> Address.of(host, ALLOCATOR)).toList();
    placement.template(
        TEMPLATE,
        HostSpec.cores(config.cores()),
        boot -> {
          LogAgent.start(boot, config.log());
          int services = services(boot, config.services()).size();
          int self = hosts.indexOf(boot.host().name());
          boot.start(PROCESS, Handlers.spec(config, services, allocators, self, entry));
        });
    placement.serves(TEMPLATE, PROCESS);
    placement.replicas(TEMPLATE);
  }

  /** The names of all services, in the order in which messages number them. */
  public static List<String> services(Boot boot, List<String> entries) {
    return entries.stream()
        .flatMap(entry -> boot.addresses(entry).stream())
        .map(Address::host)
        .toList();
  }

  @Override
  public List<Reference> references(SpartaConfig config) {
    List<Reference> references = new ArrayList<>();
    config.services().forEach(service -> references.add(Reference.to(service, "spartan")));
    if (config.log() != null) {
      references.add(Reference.to(config.log().stream(), "kinesis"));
    }
    return references;
  }

  @Override
  public Offer offer(String entry, SpartaConfig config, Surroundings others) {
    return Offer.NOTHING;
  }

  @Override
  public List<Action<SpartaConfig, ?>> actions() {
    return List.of(new DeployAction());
  }

  @Override
  public List<MetricInfo> metrics() {
    return Stream.of(
            WorkerPool.Names.documentation("sparta", "request", "cluster"),
            AllocatorMeter.METRICS,
            Log.metrics())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<EventInfo> events() {
    return AllocatorMeter.EVENTS;
  }
}
