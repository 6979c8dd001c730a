/**
 * What a model may touch: addresses, hosts, messages on the wire, costs, and one {@code Env} per
 * process.
 */
@NullMarked
package dev.cascade.node;

import org.jspecify.annotations.NullMarked;
