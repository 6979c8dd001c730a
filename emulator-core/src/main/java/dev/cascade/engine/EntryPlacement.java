package dev.cascade.engine;

import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.HostInfo;
import dev.cascade.node.HostSpec;
import dev.cascade.node.Placement;
import java.util.List;
import java.util.function.Consumer;

/** Collects what an entry declares, in one shard. */
public final class EntryPlacement {
  private final Shard shard;
  private final Entry entry;
  private final List<HostInfo> hosts;

  EntryPlacement(Shard shard, Entry entry, List<HostInfo> hosts) {
    this.shard = shard;
    this.entry = entry;
    this.hosts = hosts;
  }

  /** As a model sees it. */
  <C> Placement<C> with(C config) {
    return new View<>(() -> config);
  }

  /** As code without a model sees it. */
  Placement<Void> without() {
    return new View<>(
        () -> {
          throw new IllegalStateException("The entry (" + entry.name() + ") has no configuration.");
        });
  }

  private final class View<C> implements Placement<C> {
    private final java.util.function.Supplier<C> config;

    View(java.util.function.Supplier<C> config) {
      this.config = config;
    }

    @Override
    public String entry() {
      return entry.name();
    }

    @Override
    public C config() {
      return config.get();
    }

    @Override
    public int replicas() {
      return entry.replicas();
    }

    @Override
    public List<String> zones() {
      return entry.zones();
    }

    @Override
    public void template(String name, HostSpec spec, Consumer<Boot> boot) {
      shard.machines().templates().put(entry.name(), name, new Template(spec, boot));
    }

    @Override
    public void host(String name, String zone, String template) {
      hosts.add(new HostInfo(name, zone, entry.name(), template));
    }

    @Override
    public void serves(String template, String process) {
      shard.directory().serves(entry.name(), template, process);
    }

    @Override
    public void registry(String served, Address registry) {
      shard.directory().registry(served, registry);
    }
  }
}
