package dev.cascade.node;

/**
 * What one entry asks of another at most, worked out from its configuration alone.
 *
 * @param target the entry that is asked
 * @param perSecond requests a second at the peak
 * @param perSecondIfAllFail the same with all retries
 */
public record Demand(String target, double perSecond, double perSecondIfAllFail) {}
