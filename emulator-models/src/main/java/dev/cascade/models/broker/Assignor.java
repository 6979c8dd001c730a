package dev.cascade.models.broker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who of a group gets which partitions; Kafka's partition.assignment.strategy. */
public enum Assignor {
  /** Neighbours, in the order of the members' names. */
  RANGE,
  /** As evenly, and each keeps what it has as far as that allows. */
  STICKY;

  /**
   * The partitions of each member.
   *
   * @param before what members had, those included that have gone
   */
  SortedMap<String, List<Integer>> assign(
      List<String> members, int partitions, SortedMap<String, List<Integer>> before) {
    SortedMap<String, List<Integer>> parts = new TreeMap<>();
    members.forEach(member -> parts.put(member, new ArrayList<>()));
    if (members.isEmpty()) {
      return parts;
    }
    boolean[] given = new boolean[partitions];
    int most = (partitions + members.size() - 1) / members.size();
    if (this == STICKY) {
      int full = partitions % members.size() == 0 ? members.size() : partitions % members.size();
      keep(parts, before, given, most, full);
    }
    List<String> order = new ArrayList<>(parts.keySet());
    int place = 0;
    for (int partition = 0; partition < partitions; partition++) {
      if (given[partition]) {
        continue;
      }
      if (this == RANGE) {
        int larger = partitions % members.size(); // the first ones have one more
        while (parts(parts, order.get(place)).size()
            == partitions / members.size() + (place < larger ? 1 : 0)) {
          place++;
        }
        parts(parts, order.get(place)).add(partition);
      } else {
        String least =
            order.stream()
                .min(Comparator.comparingInt(member -> parts(parts, member).size()))
                .orElseThrow();
        parts(parts, least).add(partition);
      }
    }
    return parts;
  }

  private static void keep(
      SortedMap<String, List<Integer>> parts,
      SortedMap<String, List<Integer>> before,
      boolean[] given,
      int most,
      int mayHaveMost) {
    int full = 0;
    for (var part : parts.entrySet()) {
      List<Integer> had = before.getOrDefault(part.getKey(), List.of());
      int room = full < mayHaveMost ? most : most - 1;
      for (int partition : had.subList(0, Math.min(room, had.size()))) {
        part.getValue().add(partition);
        given[partition] = true;
      }
      full += part.getValue().size() == most ? 1 : 0;
    }
  }

  private static List<Integer> parts(SortedMap<String, List<Integer>> parts, String member) {
    return parts.getOrDefault(member, List.of());
  }
}
