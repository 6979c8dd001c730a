package dev.cascade.network;

import dev.cascade.node.HostInfo;

/**
 * Says which links have a profile. Of several rules that fit, the last one counts.
 *
 * @param from hosts that send
 * @param to hosts that receive
 */
public record LinksBetween(HostSet from, HostSet to, LinkProfile profile) {
  boolean fits(HostInfo sender, HostInfo receiver) {
    return from.contains(sender) && to.contains(receiver);
  }
}
