package dev.cascade.engine;

import dev.cascade.node.Address;
import org.jspecify.annotations.Nullable;

/** The names of one actor, each worked out when it is first asked for. */
final class Identity {
  private final @Nullable HostRuntime host;
  private final @Nullable Identity above;
  private final String name;
  private final boolean addressed;
  private @Nullable Address address;
  private @Nullable String place;

  /**
   * Names an actor.
   *
   * @param above of the process whose child it is
   * @param addressed false for Pekko's own actors and for the one that stands for a host
   */
  Identity(@Nullable HostRuntime host, @Nullable Identity above, String name, boolean addressed) {
    this.host = host;
    this.above = above;
    this.name = name;
    this.addressed = addressed;
  }

  /** The address, or null if it has none. */
  @Nullable Address address() {
    if (address == null && addressed && host != null) {
      Address parent = above == null ? null : above.address();
      address = parent == null ? Address.of(host.name(), name) : parent.child(name);
    }
    return address;
  }

  /** Where a drop is counted: the topology entry and the process, not the single host. */
  String place() {
    if (place == null) {
      Address known = address();
      place =
          known == null || host == null
              ? "system/" + name
              : host.info().entry() + "/" + known.process();
    }
    return place;
  }

  /** For people: the address, or Pekko's name for its own actors. */
  String description() {
    Address known = address();
    return known != null ? known.toString() : host == null ? "system/" + name : host.name();
  }
}
