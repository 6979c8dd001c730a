/** Streams of random numbers derived from one seed by names, and the durations drawn from them. */
@NullMarked
package dev.cascade.random;

import org.jspecify.annotations.NullMarked;
