/** What must hold: expressions over series and events, judged over time, and verdicts. */
@NullMarked
package dev.cascade.property;

import org.jspecify.annotations.NullMarked;
