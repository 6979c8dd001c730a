package dev.cascade.models.files;

import dev.cascade.node.Address;
import dev.cascade.node.WireMessage;

/**
 * A process is dead: the kernel closes its files and gives its locks back. Whoever killed it says
 * so.
 *
 * @param process the dead one, with all its children
 */
public record ProcessGone(Address process) implements WireMessage {
  /** Whether a file or a lock was its. */
  boolean owned(Address owner) {
    return owner.equals(process) || owner.toString().startsWith(process + "/");
  }
}
