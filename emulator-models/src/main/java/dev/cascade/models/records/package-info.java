/** What log agents, streams and their readers say to each other: lines, and records of them. */
@NullMarked
package dev.cascade.models.records;

import org.jspecify.annotations.NullMarked;
