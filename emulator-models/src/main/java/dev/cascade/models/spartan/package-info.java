/**
 * Services that carry a Sparta client: it keeps a session, follows the allocation, routes by key,
 * and leaves the ring rather than be wrong.
 */
@NullMarked
package dev.cascade.models.spartan;

import org.jspecify.annotations.NullMarked;
