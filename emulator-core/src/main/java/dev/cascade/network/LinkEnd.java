package dev.cascade.network;

import dev.cascade.node.HostInfo;

/**
 * A host as the network sees it.
 *
 * @param host the host
 * @param linkClass hosts that no rule tells apart have the same, so that the table of links is
 *     small
 */
public record LinkEnd(HostInfo host, int linkClass) {
  /** A host of which nothing is known but that it is none of those that rules and faults name. */
  public static final LinkEnd ANY = new LinkEnd(new HostInfo("unknown", "", "", ""), -1);
}
