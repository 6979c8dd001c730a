package dev.cascade.models.kubernetes;

/** What a run of probes says of a pod: it takes several in a row to change one's mind. */
final class ProbeState {
  private final ProbeConfig config;
  private boolean passing;
  private boolean last;
  private int inRow;

  /**
   * Nothing was probed yet.
   *
   * @param passing what is taken for granted until then: a pod is alive, but not ready
   */
  ProbeState(ProbeConfig config, boolean passing) {
    this.config = config;
    this.passing = passing;
  }

  /**
   * One more probe.
   *
   * @return whether this changed what is said of the pod
   */
  boolean probed(boolean success) {
    inRow = success == last ? inRow + 1 : 1;
    last = success;
    int threshold = success ? config.successThreshold() : config.failureThreshold();
    if (success == passing || inRow < threshold) {
      return false;
    }
    passing = success;
    return true;
  }

  boolean isPassing() {
    return passing;
  }
}
