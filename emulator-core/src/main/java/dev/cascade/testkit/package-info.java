/** Emulations in JUnit tests: injected, walked through in emulated time, and asserted about. */
@NullMarked
package dev.cascade.testkit;

import org.jspecify.annotations.NullMarked;
