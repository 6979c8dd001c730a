package dev.cascade.engine;

import dev.cascade.node.Purpose;

/**
 * A request as its client saw it.
 *
 * @param fromNanos when it opened the connection
 * @param toNanos when it knew the end
 * @param host the client's: spans of one time are in the order of these
 * @param caller the process that asked: an address
 * @param callee the process that was asked: an address
 * @param subject what for
 * @param purpose why
 * @param outcome how the connection ended: reply, refused, reset or timed-out; gone with its client
 * @param messages on the bill that came back; -1 if none did
 * @param cpuNanos CPU time on that bill, in nanoseconds; -1 if none came back
 */
public record RequestSpan(
    long fromNanos,
    long toNanos,
    String host,
    String caller,
    String callee,
    String subject,
    Purpose purpose,
    String outcome,
    long messages,
    long cpuNanos) {}
