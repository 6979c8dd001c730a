package dev.cascade.models.cache;

import dev.cascade.models.call.CallClient;
import dev.cascade.models.discovery.Upstream;
import dev.cascade.node.Boot;
import dev.cascade.node.EventInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.MetricInfo;
import dev.cascade.node.Model;
import dev.cascade.node.Placement;
import dev.cascade.node.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Cache servers on hosts of their own. */
public final class CacheModel implements Model<CacheConfig> {
  /** The process at which each host serves. */
  public static final String PROCESS = "cache";

  private static final String TEMPLATE = "cache";

  @Override
  public String name() {
    return "cache";
  }

  @Override
  public String summary() {
    return "Servers that keep items in memory, to look aside at or to read through.";
  }

  @Override
  public Class<CacheConfig> configType() {
    return CacheConfig.class;
  }

  @Override
  public void place(Placement<CacheConfig> placement) {
    CacheConfig config = placement.config();
    String cache = placement.entry();
    placement.template(
        TEMPLATE,
        HostSpec.cores(config.cores()),
        boot -> boot.start(PROCESS, CacheServer.spec(cache, config, upstream(boot, config))));
    placement.serves(TEMPLATE, PROCESS);
    placement.replicas(TEMPLATE);
  }

  private static @Nullable Upstream upstream(Boot boot, CacheConfig config) {
    Origin origin = config.origin();
    return origin == null ? null : Upstream.of(boot, origin.call().target());
  }

  @Override
  public List<Reference> references(CacheConfig config) {
    return config.origin() == null
        ? List.of()
        : List.of(Reference.to(config.origin().call().target()));
  }

  @Override
  public List<MetricInfo> metrics() {
    return Stream.concat(CacheMeter.DOCUMENTATION.stream(), CallClient.metrics().stream()).toList();
  }

  @Override
  public List<EventInfo> events() {
    return CallClient.events();
  }

  @Override
  public List<String> estimates(String entry, CacheConfig config, int replicas) {
    List<String> sentences = new ArrayList<>();
    long bytes = config.origin() == null ? 1_000 : config.origin().itemSize().bytes();
    sentences.add(
        String.format(
            Locale.ROOT,
            "%s holds %d items of %d B: %d x %d.",
            entry,
            replicas * config.items(bytes),
            bytes,
            replicas,
            config.items(bytes)));
    double cpu = config.getCpu().mean().toNanos() / 1e9;
    if (cpu > 0) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "%s can answer %.0f gets/s of evenly spread keys, and %.0f of one key.",
              entry,
              replicas * Math.min(config.threads(), config.cores()) / cpu,
              Math.min(config.threads(), config.cores()) / cpu));
    }
    return sentences;
  }
}
