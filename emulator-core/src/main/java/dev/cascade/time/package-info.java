/** Virtual time: events, their total order, and the queue that holds them. */
@NullMarked
package dev.cascade.time;

import org.jspecify.annotations.NullMarked;
