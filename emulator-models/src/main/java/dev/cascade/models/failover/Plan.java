package dev.cascade.models.failover;

import dev.cascade.node.Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which addresses must move, and where to. */
final class Plan {
  /**
   * One of them.
   *
   * @param vip the address
   * @param from the node that has it
   * @param to the node that is to have it
   */
  record Move(String vip, String from, String to) {}

  private Plan() {}

  /**
   * All moves, in the order of the addresses: what is not on a good node goes to the good node that
   * has fewest.
   *
   * @param routes which address leads where
   * @param good nodes that may have them, and are well
   */
  static List<Move> moves(SortedMap<String, Address> routes, Collection<String> good) {
    Map<String, Integer> load = new TreeMap<>();
    good.forEach(node -> load.put(node, 0));
    routes.values().forEach(to -> load.computeIfPresent(to.host(), (node, n) -> n + 1));
    List<Move> moves = new ArrayList<>();
    for (Map.Entry<String, Address> route : routes.entrySet()) {
      String from = route.getValue().host();
      if (!load.containsKey(from) && !load.isEmpty()) {
        String to = load.keySet().stream().min(Comparator.comparing(load::get)).orElseThrow();
        load.merge(to, 1, Integer::sum);
        moves.add(new Move(route.getKey(), from, to));
      }
    }
    return moves;
  }
}
