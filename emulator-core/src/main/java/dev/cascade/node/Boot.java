package dev.cascade.node;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a host finds when it boots, and how it starts its processes. */
public interface Boot {
  /** The host that boots. */
  HostInfo host();

  /**
   * What was said when the host was launched, by key in order; empty for those of the first hour.
   */
  Map<String, String> arguments();

  /** Starts a process; called for the same names, in the same order, on every boot. */
  <C> Address start(String process, ProcessSpec<C> spec);

  /**
   * The addresses at which an entry of the topology serves, in the order of its hosts' names, as
   * they are when this host boots: its configuration file, so to speak. Later changes reach it only
   * as messages.
   */
  List<Address> addresses(String entry);

  /**
   * Whom to ask where an entry serves now, if its hosts come and go and something keeps account of
   * them; that process's model says how.
   */
  default Optional<Address> registry(String entry) {
    return Optional.empty();
  }
}
