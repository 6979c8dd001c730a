/**
 * A cache: items that fit into its memory, with a time to live. Clients look aside, or it reads
 * through to where the items come from. It leaves out what values hold, how stale they are against
 * their origin, slab classes, persistence, and replication.
 */
@NullMarked
package dev.cascade.models.cache;

import org.jspecify.annotations.NullMarked;
