/**
 * etcd 2: keys with a time to live, compare-and-swap and watches, behind Raft. It leaves out
 * directories (a prefix stands for one), quorum reads (any member answers reads from what it has,
 * as by default), discovery and changes of membership, and proxies.
 */
@NullMarked
package dev.cascade.models.etcd;

import org.jspecify.annotations.NullMarked;
