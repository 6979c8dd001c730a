package dev.cascade.node;

import java.util.SortedMap;

/** The entries of a scenario, as a model sees them that checks one of its own. */
public interface Surroundings {
  /** The configurations of this type, by entry. */
  <T> SortedMap<String, T> configs(Class<T> type);

  /** The replicas of an entry; 0 if there is none of that name. */
  int replicas(String entry);

  /**
   * Says what is wrong, as an error of the scenario.
   *
   * @param entry that it stands in
   * @param where a key of its configuration, or a text in it
   * @param message with the values in brackets, then {@code Maybe …}
   */
  void problem(String entry, String where, String message);
}
