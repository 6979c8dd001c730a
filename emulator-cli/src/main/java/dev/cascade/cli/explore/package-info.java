/** What a search over schedules found: its tally, and smaller runs that show the same. */
@NullMarked
package dev.cascade.cli.explore;

import org.jspecify.annotations.NullMarked;
