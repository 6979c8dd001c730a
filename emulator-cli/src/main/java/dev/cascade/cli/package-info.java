/** The command line: what a person types, sees and reads afterwards. */
@NullMarked
package dev.cascade.cli;

import org.jspecify.annotations.NullMarked;
