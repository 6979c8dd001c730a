package dev.cascade.property;

/** How a property stands while the run goes on. */
public enum MonitorState {
  /** Nothing is judged yet: warm-up, or a window that is not full. */
  WARMING_UP,
  /** Its trigger has not come. */
  WAITING,
  /** Nothing speaks against it so far. */
  HOLDING,
  /** False, but not yet for long enough; or triggered, and not yet reached. */
  PENDING,
  /** It has no data to be judged by. */
  NO_DATA,
  /** Reached what it had to reach once. */
  REACHED,
  /** Violated, whatever comes. */
  VIOLATED
}
