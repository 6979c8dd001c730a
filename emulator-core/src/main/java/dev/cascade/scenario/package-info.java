/** The scenario: its records, how it is read from a file or built in Java, overlays and schema. */
@NullMarked
package dev.cascade.scenario;

import org.jspecify.annotations.NullMarked;
