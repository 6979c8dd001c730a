package dev.cascade.node;

import java.util.List;
import java.util.SortedMap;

/** The entries of a scenario, as a model sees them that checks one of its own. */
public interface Surroundings {
  /** The configurations of this type, by entry. */
  <T> SortedMap<String, T> configs(Class<T> type);

  /** The replicas of an entry; 0 if there is none of that name. */
  int replicas(String entry);

  /** What an entry answers to those who ask it for paths; unknown if there is none of that name. */
  Offer offer(String entry);

  /** Requests a second that an entry can serve at most; infinite if nobody can tell. */
  double capacityPerSecond(String entry);

  /** The entries that are known to answer requests, in the order of their names. */
  List<String> offering();

  /**
   * Says what is wrong, as an error of the scenario.
   *
   * @param entry that it stands in
   * @param where a key of its configuration, or a text in it
   * @param message with the values in brackets, then {@code Maybe …}
   */
  void problem(String entry, String where, String message);
}
