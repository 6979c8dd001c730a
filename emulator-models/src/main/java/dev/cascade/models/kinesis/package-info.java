/**
 * A stream in shards with the limits of Kinesis Data Streams, and the applications that read it.
 */
@NullMarked
package dev.cascade.models.kinesis;

import org.jspecify.annotations.NullMarked;
