package dev.cascade.models.provider;

import dev.cascade.node.Address;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Offer;
import dev.cascade.node.Placement;
import dev.cascade.node.Reference;
import dev.cascade.node.Surroundings;
import java.util.List;

/** Virtual addresses, each on a router of its own. */
public final class VirtualIpModel implements Model<VirtualIpConfig> {
  private static final String TEMPLATE = "router";

  @Override
  public String name() {
    return "virtual-ip";
  }

  @Override
  public String summary() {
    return "Virtual addresses that lead to a host, and can be moved to another.";
  }

  @Override
  public Class<VirtualIpConfig> configType() {
    return VirtualIpConfig.class;
  }

  @Override
  public void place(Placement<VirtualIpConfig> placement) {
    VirtualIpConfig config = placement.config();
    placement.template(
        TEMPLATE,
        HostSpec.cores(1),
        boot -> {
          List<Address> targets = boot.addresses(config.target());
          if (targets.isEmpty()) {
            throw new IllegalStateException(
                "The target ("
                    + config.target()
                    + ") serves nowhere. Maybe it has no replicas, or nothing that can be asked?");
          }
          boot.start(VirtualIp.PROCESS, VirtualIp.spec(targets));
        });
    placement.serves(TEMPLATE, VirtualIp.PROCESS);
    placement.replicas(TEMPLATE);
  }

  @Override
  public List<Reference> references(VirtualIpConfig config) {
    return List.of(Reference.to(config.target()));
  }

  @Override
  public List<MetricInfo> metrics() {
    return VirtualIp.METRICS;
  }

  @Override
  public List<EventInfo> events() {
    return List.of(
        new EventInfo("vip-moved", List.of("vip", "to"), "A virtual address leads elsewhere."));
  }

  @Override
  public Offer offer(String entry, VirtualIpConfig config, Surroundings others) {
    return others.offer(config.target());
  }
}
