package dev.cascade.network;

import dev.cascade.node.HostInfo;

/**
 * A host as the network sees it.
 *
 * @param host the host
 * @param linkClass hosts that no rule tells apart have the same, so that the table of links is
 *     small
 */
public record LinkEnd(HostInfo host, int linkClass) {}
