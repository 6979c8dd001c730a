/** Health checks that tell people: an alarm fires when a host has failed several in a row. */
@NullMarked
package dev.cascade.models.alarms;

import org.jspecify.annotations.NullMarked;
