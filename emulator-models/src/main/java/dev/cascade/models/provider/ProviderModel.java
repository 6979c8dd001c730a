package dev.cascade.models.provider;

import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import dev.cascade.node.Reference;
import java.util.List;
import java.util.Locale;

/** A provider's interface on a host of its own. */
public final class ProviderModel implements Model<ProviderConfig> {
  private static final String TEMPLATE = "provider";

  @Override
  public String name() {
    return "provider";
  }

  @Override
  public String summary() {
    return "A hosting provider's interface that moves virtual addresses, about one a minute.";
  }

  @Override
  public Class<ProviderConfig> configType() {
    return ProviderConfig.class;
  }

  @Override
  public void place(Placement<ProviderConfig> placement) {
    ProviderConfig config = placement.config();
    placement.template(
        TEMPLATE,
        HostSpec.cores(1),
        boot ->
            boot.start(
                ProviderApi.PROCESS, ProviderApi.spec(config, boot.addresses(config.vips()))));
    placement.serves(TEMPLATE, ProviderApi.PROCESS);
    placement.replicas(TEMPLATE);
  }

  @Override
  public List<Reference> references(ProviderConfig config) {
    return List.of(Reference.to(config.vips(), "virtual-ip"));
  }

  @Override
  public List<MetricInfo> metrics() {
    return ProviderApi.METRICS;
  }

  @Override
  public List<String> estimates(String entry, ProviderConfig config, int replicas) {
    double seconds = config.moveTime().mean().toNanos() / 1e9;
    return List.of(
        String.format(
            Locale.ROOT,
            "%s moves %.1f virtual addresses a minute, and at most %d an hour.",
            entry,
            config.parallel() * 60 / seconds,
            config.quotaPerHour()));
  }
}
