/**
 * Consul servers: a key-value store behind Raft, whose life is that of its storage. It leaves out
 * gossip and agents (servers know each other's addresses), the catalog with its health checks,
 * sessions and locks, blocking queries, and stale and consistent reads (all reads are default ones:
 * the leader's, within its lease).
 */
@NullMarked
package dev.cascade.models.consul;

import org.jspecify.annotations.NullMarked;
