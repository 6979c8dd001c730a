package dev.cascade.models.balancer;

/** One host as outlier detection sees it. */
final class Ejection {
  private final OutlierDetection config;
  private int failures; // in a row
  private int multiplier;
  private boolean ejected;
  private long sinceNanos;

  Ejection(OutlierDetection config) {
    this.config = config;
  }

  boolean isEjected() {
    return ejected;
  }

  /**
   * A request has ended.
   *
   * @return whether the host should be ejected for it
   */
  boolean ended(boolean failure) {
    if (ejected) {
      return false; // asked in a panic, or before the ejection: it changes nothing
    }
    failures = failure ? failures + 1 : 0;
    if (failures < config.consecutive5xx()) {
      return false;
    }
    failures = 0;
    return true;
  }

  /** Ejects it; the longer, the more often it was. */
  void eject(long nowNanos) {
    ejected = true;
    sinceNanos = nowNanos;
    long base = config.baseEjectionTime().toNanos();
    if (multiplier * base < config.maxEjectionTime().toNanos() + base) { // as in Envoy
      multiplier++;
    }
  }

  /** How long this ejection lasts. */
  long lengthNanos() {
    return Math.min(
        multiplier * config.baseEjectionTime().toNanos(), config.maxEjectionTime().toNanos());
  }

  /**
   * An interval has passed.
   *
   * @return whether it comes back now
   */
  boolean swept(long nowNanos) {
    if (!ejected) {
      multiplier = Math.max(0, multiplier - 1);
      return false;
    }
    if (nowNanos - sinceNanos < lengthNanos()) {
      return false;
    }
    uneject();
    return true;
  }

  /** Brings it back. */
  void uneject() {
    ejected = false;
    failures = 0;
  }

  /** Whether one more of so many hosts may be ejected while some are: the first always may. */
  boolean mayEject(int ejectedNow, int hosts) {
    return ejectedNow == 0 || (double) ejectedNow / hosts < config.maxEjectionPercent().value();
  }
}
