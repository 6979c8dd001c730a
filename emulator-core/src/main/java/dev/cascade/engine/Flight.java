package dev.cascade.engine;

import java.util.Comparator;

/**
 * A parcel on its way, and when it may arrive.
 *
 * @param parcel what it is
 * @param sender whose sequence numbers it
 * @param number in the order of sending
 * @param drawnNanos when it arrives if nobody chooses
 * @param earliestNanos its link lets it arrive no sooner
 * @param latestNanos it must not come later
 * @param priority that of its chain; 0 where priorities do not count
 */
record Flight(
    Parcel parcel,
    HostRuntime sender,
    long number,
    long drawnNanos,
    long earliestNanos,
    long latestNanos,
    long priority) {
  static final Comparator<Flight> EARLIEST_FIRST =
      Comparator.comparingLong(Flight::earliestNanos).thenComparingLong(Flight::number);
  static final Comparator<Flight> LATEST_FIRST =
      Comparator.comparingLong(Flight::latestNanos).thenComparingLong(Flight::number);
  static final Comparator<Flight> HIGHEST_FIRST =
      Comparator.comparingLong(Flight::priority).reversed().thenComparingLong(Flight::number);
}
