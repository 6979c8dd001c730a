package dev.cascade.models.discovery;

import dev.cascade.node.Address;
import dev.cascade.node.WireMessage;
import java.util.List;

/**
 * Where an entry serves now; what a registry tells those that watch it.
 *
 * @param revision grows with every change; what an older one says has been overtaken
 */
public record Endpoints(long revision, List<Address> addresses) implements WireMessage {
  /** Address, port and state of one endpoint, as an EndpointSlice writes them: a guess. */
  private static final int BYTES_EACH = 100;

  public Endpoints {
    addresses = List.copyOf(addresses);
  }

  @Override
  public int sizeBytes() {
    return Watch.BYTES + BYTES_EACH * addresses.size();
  }
}
