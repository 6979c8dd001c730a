package dev.cascade.models.frontend;

import dev.cascade.node.Address;
import dev.cascade.node.Boot;
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
        boot -> boot.start(FrontEnd.PROCESS, FrontEnd.spec(config, members(boot, config))));
    placement.serves(TEMPLATE, FrontEnd.PROCESS);
    placement.replicas(TEMPLATE);
  }

  private static List<Address> members(Boot boot, FrontEndConfig config) {
    List<Address> members = boot.addresses(config.etcd());
    if (members.isEmpty()) {
      throw new IllegalArgumentException(
          "The entry (" + config.etcd() + ") runs no etcd. Maybe cluster: {}?");
    }
    return members;
  }

  @Override
  public List<Reference> references(FrontEndConfig config) {
    return List.of(Reference.to(config.etcd(), "machine"));
  }

  @Override
  public List<MetricInfo> metrics() {
    return FrontEnd.METRICS;
  }
}
