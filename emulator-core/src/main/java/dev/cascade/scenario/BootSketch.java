package dev.cascade.scenario;

import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import dev.cascade.node.HostInfo;
import dev.cascade.node.ProcessSpec;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Lets a host boot without starting anything, to learn whether it can, and its processes. */
final class BootSketch implements Boot {
  private final HostInfo host;
  private final Function<String, List<Address>> addresses;
  private final SortedSet<String> processes = new TreeSet<>();

  /**
   * A boot.
   *
   * @param addresses at which each entry serves
   */
  BootSketch(HostInfo host, Function<String, List<Address>> addresses) {
    this.host = host;
    this.addresses = addresses;
  }

  /** What was started. */
  SortedSet<String> processes() {
    return Collections.unmodifiableSortedSet(processes);
  }

  @Override
  public HostInfo host() {
    return host;
  }

  @Override
  public Map<String, String> arguments() {
    return new TreeMap<>();
  }

  @Override
  public <C> Address start(String process, ProcessSpec<C> spec) {
    processes.add(process);
    return Address.of(host.name(), process);
  }

  @Override
  public List<Address> addresses(String entry) {
    return addresses.apply(entry);
  }
}
