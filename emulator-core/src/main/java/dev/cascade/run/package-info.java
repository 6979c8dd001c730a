/** One run: a scenario and a seed become a result, and a folder that holds it. */
@NullMarked
package dev.cascade.run;

import org.jspecify.annotations.NullMarked;
