package dev.cascade.engine;

import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.HostInfo;
import dev.cascade.node.ProcessSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A host's boot, or the part of it that starts one process again. */
final class HostBoot implements Boot {
  private final Shard shard;
  private final HostRuntime host;
  private @Nullable String only;
  private boolean started;

  HostBoot(Shard shard, HostRuntime host) {
    this.shard = shard;
    this.host = host;
  }

  /** Starts but this one. */
  HostBoot only(String process) {
    only = process;
    return this;
  }

  /** Whether anything was started. */
  boolean hasStarted() {
    return started;
  }

  @Override
  public HostInfo host() {
    return host.info();
  }

  @Override
  public Map<String, String> arguments() {
    return host.arguments();
  }

  @Override
  public <C> Address start(String process, ProcessSpec<C> spec) {
    if (only == null || only.equals(process)) {
      host.start(process, spec);
      started = true;
    }
    return Address.of(host.name(), process);
  }

  @Override
  public List<Address> addresses(String entry) {
    return shard.directory().addresses(entry);
  }

  @Override
  public Optional<Address> registry(String entry) {
    return Optional.ofNullable(shard.directory().registry(entry));
  }
}
