package dev.cascade.models.discovery;

import dev.cascade.node.Address;
import dev.cascade.node.Boot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client's configuration file says of an entry that it asks.
 *
 * @param addresses at which it serves as the client boots; at least one
 * @param registry which knows where it serves later; null if that never changes
 */
public record Upstream(List<Address> addresses, @Nullable Address registry) {
  public Upstream {
    addresses = List.copyOf(addresses);
  }

  /**
   * What a host finds as it boots.
   *
   * @throws IllegalStateException if the entry serves nowhere
   */
  public static Upstream of(Boot boot, String entry) {
    List<Address> addresses = boot.addresses(entry);
    if (addresses.isEmpty()) {
      throw new IllegalStateException(
          "The target ("
              + entry
              + ") serves nowhere. Maybe it has no replicas, or nothing that can be asked?");
    }
    return new Upstream(addresses, boot.registry(entry).orElse(null));
  }
}
