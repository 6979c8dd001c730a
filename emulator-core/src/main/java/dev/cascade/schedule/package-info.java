/** Whose turn it is where a real system might have chosen otherwise: schedules, and who picks. */
@NullMarked
package dev.cascade.schedule;

import org.jspecify.annotations.NullMarked;
