/**
 * A broker whose topics are split into partitions, and the groups of consumers that read them, in
 * Kafka's words. It leaves out replication and with it the failover of leaders, transactions,
 * compaction, and producers that buffer.
 */
@NullMarked
package dev.cascade.models.broker;

import org.jspecify.annotations.NullMarked;
