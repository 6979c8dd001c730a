package dev.cascade.node;

/**
 * What one entry asks of another at most, worked out from its configuration alone.
 *
 * @param target the entry that is asked
 * @param path for what
 * @param perSecond requests a second at the peak
 * @param perSecondIfAllFail the same with all retries
 */
public record Demand(String target, String path, double perSecond, double perSecondIfAllFail) {

  /** This and another of the same target and path. */
  public Demand plus(Demand other) {
    return new Demand(
        target, path, perSecond + other.perSecond, perSecondIfAllFail + other.perSecondIfAllFail);
  }
}
