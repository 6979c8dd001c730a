/**
 * Streams of random numbers derived from one seed by names, and the distributions drawn from them.
 */
@NullMarked
package dev.cascade.random;

import org.jspecify.annotations.NullMarked;
