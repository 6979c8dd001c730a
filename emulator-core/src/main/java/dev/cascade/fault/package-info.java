/** Faults as values: what is done to hosts, processes and links, to which of them, for how long. */
@NullMarked
package dev.cascade.fault;

import org.jspecify.annotations.NullMarked;
