/**
 * What many runs of one scenario tell together: curves, knees, edges. Nothing here runs anything.
 */
@NullMarked
package dev.cascade.cli.sweep;

import org.jspecify.annotations.NullMarked;
