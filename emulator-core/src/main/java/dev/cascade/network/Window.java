package dev.cascade.network;

/**
 * How long a message may take now, as far as schedules are explored.
 *
 * @param leastNanos the shortest that its link ever lets it take
 * @param mostNanos the longest, or of what has no end the 99.99 % point
 */
public record Window(long leastNanos, long mostNanos) {}
