/** How processes write log lines, and what ships them: a bounded appender, and an agent a host. */
@NullMarked
package dev.cascade.models.logs;

import org.jspecify.annotations.NullMarked;
