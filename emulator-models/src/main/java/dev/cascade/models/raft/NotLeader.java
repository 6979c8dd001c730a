package dev.cascade.models.raft;

import dev.cascade.node.WireMessage;

/** What a member answers to another that took it for the leader: nothing was done. */
record NotLeader() implements WireMessage {}
