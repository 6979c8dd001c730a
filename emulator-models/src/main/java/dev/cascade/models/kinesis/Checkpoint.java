package dev.cascade.models.kinesis;

/**
 * How far an application has done a shard; it survives the process, as a table of leases does.
 *
 * @param chunk and offset: where it goes on
 * @param ended whether it has done all of it, and the shard is closed
 */
record Checkpoint(int shard, long chunk, int offset, boolean ended) {}
