/** Series on virtual time: instruments, their merged history over a run, and the files of it. */
@NullMarked
package dev.cascade.metrics;

import org.jspecify.annotations.NullMarked;
