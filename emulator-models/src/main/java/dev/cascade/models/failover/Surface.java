package dev.cascade.models.failover;

import dev.cascade.node.Address;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the automation reaches over the network.
 *
 * @param vips where each virtual address takes traffic, by name
 * @param provider its interface
 * @param pager who tells people; null if nobody does
 */
record Surface(SortedMap<String, Address> vips, Address provider, @Nullable Address pager) {}
