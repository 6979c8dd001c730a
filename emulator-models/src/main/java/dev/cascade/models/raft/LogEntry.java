package dev.cascade.models.raft;

/**
 * One entry of the log.
 *
 * @param term of the leader that took it in
 * @param command for the state machine; empty for the entry with which a leader begins its term
 */
public record LogEntry(long term, String command) {}
