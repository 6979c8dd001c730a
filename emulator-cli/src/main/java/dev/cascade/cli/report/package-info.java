/** Pages of finished runs: one file each, that opens without a network. */
@NullMarked
package dev.cascade.cli.report;

import org.jspecify.annotations.NullMarked;
