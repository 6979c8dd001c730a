/** What requests ask for: keys, and how popular they are. */
@NullMarked
package dev.cascade.models.keys;

import org.jspecify.annotations.NullMarked;
