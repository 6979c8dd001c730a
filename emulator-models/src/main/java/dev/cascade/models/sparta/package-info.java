/**
 * A cluster that tells services which of them has which share of the work: sessions, a versioned
 * allocation that all its instances share, and the workers that change it. What Sparta's own
 * authors have published is one post-mortem; all else is left out or a guess, see
 * docs/models/sparta.md.
 */
@NullMarked
package dev.cascade.models.sparta;

import org.jspecify.annotations.NullMarked;
