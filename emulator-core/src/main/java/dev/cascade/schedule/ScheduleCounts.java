package dev.cascade.schedule;

/**
 * What there was to choose in a run that was explored.
 *
 * @param messages messages that took a time on the way
 * @param choices deliveries at which another message could have been delivered, too
 * @param order a hash of the order in which each host handled messages, whatever the times: two
 *     runs with the same one were the same schedule
 */
public record ScheduleCounts(long messages, long choices, long order) {}
