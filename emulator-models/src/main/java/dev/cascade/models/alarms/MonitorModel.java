package dev.cascade.models.alarms;

import dev.cascade.node.Address;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Offer;
import dev.cascade.node.Placement;
import dev.cascade.node.Reference;
import dev.cascade.node.Surroundings;
import java.util.ArrayList;
import java.util.List;

/** Health checks with alarms, on a host of their own. */
public final class MonitorModel implements Model<MonitorConfig> {
  private static final String PROCESS = "monitor";
  private static final String TEMPLATE = "monitor";

  @Override
  public String name() {
    return "monitor";
  }

  @Override
  public String summary() {
    return "Health checks of hosts, with alarms that people see.";
  }

  @Override
  public Class<MonitorConfig> configType() {
    return MonitorConfig.class;
  }

  @Override
  public void place(Placement<MonitorConfig> placement) {
    MonitorConfig config = placement.config();
    String entry = placement.entry();
    placement.template(
        TEMPLATE,
        HostSpec.cores(1),
        boot -> {
          List<Address> targets = new ArrayList<>();
          config.targets().forEach(target -> targets.addAll(boot.addresses(target)));
          boot.start(PROCESS, Monitor.spec(entry, config, targets));
        });
    placement.replicas(TEMPLATE);
  }

  @Override
  public List<Reference> references(MonitorConfig config) {
    return config.targets().stream().map(Reference::to).toList();
  }

  @Override
  public Offer offer(String entry, MonitorConfig config, Surroundings others) {
    return Offer.NOTHING;
  }

  @Override
  public List<MetricInfo> metrics() {
    return List.of(
        MetricInfo.gauge("alarms_firing", "Hosts whose alarm fires now.", "monitor"),
        MetricInfo.counter("alarms_fired_total", "Alarms that have fired.", "monitor"));
  }

  @Override
  public List<EventInfo> events() {
    return List.of(Monitor.FIRED, Monitor.ENDED);
  }
}
