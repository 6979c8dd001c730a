package dev.cascade.models.ingestion;

import dev.cascade.models.discovery.Upstream;
import dev.cascade.models.http.AskedPath;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Offer;
import dev.cascade.node.Placement;
import dev.cascade.node.Reference;
import dev.cascade.node.Surroundings;
import java.util.List;

/** Canaries on hosts of their own. */
public final class CanaryModel implements Model<CanaryConfig> {
  private static final String TEMPLATE = "canary";

  @Override
  public String name() {
    return "canary";
  }

  @Override
  public String summary() {
    return "Asks all addresses of a service, and stores what it saw of each by that way.";
  }

  @Override
  public Class<CanaryConfig> configType() {
    return CanaryConfig.class;
  }

  @Override
  public void place(Placement<CanaryConfig> placement) {
    CanaryConfig config = placement.config();
    placement.template(
        TEMPLATE,
        HostSpec.cores(1),
        boot ->
            boot.start(
                Canary.PROCESS,
                Canary.spec(config, Upstream.of(boot, config.target()).addresses())));
    placement.replicas(TEMPLATE);
  }

  @Override
  public List<Reference> references(CanaryConfig config) {
    return List.of(Reference.to(config.target()));
  }

  @Override
  public Offer offer(String entry, CanaryConfig config, Surroundings others) {
    return Offer.NOTHING;
  }

  @Override
  public void check(String entry, CanaryConfig config, Surroundings others) {
    for (String path : List.of(config.probePath(), config.okPath(), config.failedPath())) {
      new AskedPath(config.target(), path).check(entry, others);
    }
  }

  @Override
  public List<MetricInfo> metrics() {
    return Canary.METRICS;
  }
}
