package dev.cascade.models.ingestion;

import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Offer;
import dev.cascade.node.Placement;
import dev.cascade.node.Surroundings;
import java.util.List;

/** A store with an alarm rule, and the people behind its pager. */
public final class MonitoringModel implements Model<MonitoringConfig> {
  private static final String TEMPLATE = "monitoring";

  @Override
  public String name() {
    return "monitoring";
  }

  @Override
  public String summary() {
    return "Keeps what canaries saw, raises an alarm over it, and pages people.";
  }

  @Override
  public Class<MonitoringConfig> configType() {
    return MonitoringConfig.class;
  }

  @Override
  public void place(Placement<MonitoringConfig> placement) {
    MonitoringConfig config = placement.config();
    placement.template(
        TEMPLATE,
        HostSpec.cores(1),
        boot -> boot.start(Monitoring.PROCESS, Monitoring.spec(config)));
    placement.serves(TEMPLATE, Monitoring.PROCESS);
    placement.replicas(TEMPLATE);
  }

  @Override
  public List<MetricInfo> metrics() {
    return Monitoring.METRICS;
  }

  @Override
  public List<EventInfo> events() {
    return Monitoring.EVENTS;
  }

  @Override
  public Offer offer(String entry, MonitoringConfig config, Surroundings others) {
    return new Offer(List.of(config.okPath(), config.failedPath()));
  }
}
