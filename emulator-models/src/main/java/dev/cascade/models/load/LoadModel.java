package dev.cascade.models.load;

import dev.cascade.models.discovery.Upstream;
import dev.cascade.models.http.AskedPath;
import dev.cascade.node.Action;
import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.Demand;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Offer;
import dev.cascade.node.Placement;
import dev.cascade.node.Reference;
import dev.cascade.node.Surroundings;
import java.util.List;
import java.util.Locale;

/** Users on hosts of their own. */
public final class LoadModel implements Model<LoadConfig> {
  /** The process of each host. */
  public static final String PROCESS = "users";

  private static final String TEMPLATE = "users";

  @Override
  public String name() {
    return "load";
  }

  @Override
  public String summary() {
    return "Users that ask for paths at a rate or one after the other, and repeat what fails.";
  }

  @Override
  public Class<LoadConfig> configType() {
    return LoadConfig.class;
  }

  @Override
  public void place(Placement<LoadConfig> placement) {
    LoadConfig config = placement.config();
    int hosts = placement.replicas();
    Tables tables = Tables.of(config);
    placement.template(TEMPLATE, HostSpec.cores(1), boot -> boot(boot, config, tables, hosts));
    placement.replicas(TEMPLATE);
  }

  private static void boot(Boot boot, LoadConfig config, Tables tables, int hosts) {
    List<Address> targets = boot.addresses(config.target());
    if (targets.isEmpty()) {
      throw new IllegalStateException(
          "The target ("
              + config.target()
              + ") serves nowhere. Maybe it has no replicas, or nothing that users can ask?");
    }
    String name = boot.host().name();
    int number = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)) - 1;
    Upstream upstream = new Upstream(targets, boot.registry(config.target()).orElse(null));
    boot.start(PROCESS, Client.spec(config, tables, new Share(number, hosts), upstream));
  }

  @Override
  public List<Reference> references(LoadConfig config) {
    return List.of(Reference.to(config.target()));
  }

  @Override
  public Offer offer(String entry, LoadConfig config, Surroundings others) {
    return Offer.NOTHING;
  }

  @Override
  public void check(String entry, LoadConfig config, Surroundings others) {
    for (PathWeight asked : config.mix()) {
      new AskedPath(config.target(), asked.path()).check(entry, others);
    }
  }

  @Override
  public List<Action<LoadConfig, ?>> actions() {
    return List.of(new RateChange());
  }

  @Override
  public List<MetricInfo> metrics() {
    return ClientMeter.DOCUMENTATION;
  }

  @Override
  public List<String> estimates(String entry, LoadConfig config, int replicas) {
    int attempts = 1 + (config.retries() == null ? 0 : config.retries().max());
    double peak = config.peakPerSecond();
    String rate =
        config.isOpen()
            ? String.format(
                Locale.ROOT,
                "%s asks %s up to %.1f times a second, and %.1f if all attempts fail.",
                entry,
                config.target(),
                peak,
                peak * attempts)
            : entry
                + " asks "
                + config.target()
                + " by up to "
                + config.peakUsers()
                + " users at once.";
    return List.of(rate);
  }

  @Override
  public List<Demand> demands(LoadConfig config, int replicas) {
    if (!config.isOpen()) {
      return List.of(); // users at once ask as fast as they are answered
    }
    int attempts = 1 + (config.retries() == null ? 0 : config.retries().max());
    double peak = config.peakPerSecond(); // the replicas share it
    List<PathWeight> paths = config.mix();
    double all = paths.stream().mapToDouble(PathWeight::weight).sum();
    return paths.stream()
        .map(
            path -> {
              double perSecond = peak * path.weight() / all;
              return new Demand(config.target(), path.path(), perSecond, perSecond * attempts);
            })
        .toList();
  }
}
