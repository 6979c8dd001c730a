/**
 * Raft: several members agree on one log of commands, which survives the loss of any minority of
 * them. Elections, replication and commit are those of the paper (Ongaro and Ousterhout 2014, §5),
 * snapshots of its §7, a first start without members as Consul's {@code bootstrap_expect}. It
 * leaves out changes of membership, pre-vote, pipelining (one append is under way to each member),
 * and transfer of leadership.
 */
@NullMarked
package dev.cascade.models.raft;

import org.jspecify.annotations.NullMarked;
