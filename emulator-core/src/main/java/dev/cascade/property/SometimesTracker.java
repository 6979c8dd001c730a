package dev.cascade.property;

/** What must be true at one tick at least. */
final class SometimesTracker {
  private boolean reached;
  private boolean doubtful;
  private boolean judged;

  /** The next tick, and whether it was true at its best. */
  void tick(Truth truth) {
    judged = true;
    reached |= truth == Truth.TRUE;
    doubtful |= truth == Truth.UNKNOWN;
  }

  MonitorState state() {
    if (reached) {
      return MonitorState.REACHED;
    }
    return judged ? MonitorState.PENDING : MonitorState.WARMING_UP;
  }

  Finding finish() {
    if (reached) {
      return Finding.holds();
    }
    if (!judged) {
      return Finding.unknown(
          "There was no tick to judge it at. Maybe the run is shorter than its warm-up and its longest window.");
    }
    return doubtful
        ? Finding.unknown("It was never true where there was data, and there was not always data.")
        : Finding.violated(null, 0);
  }
}
