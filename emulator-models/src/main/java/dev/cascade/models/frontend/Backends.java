package dev.cascade.models.frontend;

import dev.cascade.node.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where services are, as keys {@code services/<service>/<instance>} say, and whose turn it is. */
public final class Backends {
  /** What all such keys begin with. */
  public static final String PREFIX = "services/";

  private final TreeMap<String, List<Address>> byService = new TreeMap<>();
  private final TreeMap<String, Integer> turns = new TreeMap<>();

  /** The key of an instance. */
  public static String key(String service, String instance) {
    return PREFIX + service + "/" + instance;
  }

  /** The service that a request for a path is for: its first part. */
  static String service(String path) {
    int from = path.startsWith("/") ? 1 : 0;
    int to = path.indexOf('/', from);
    return to < 0 ? path.substring(from) : path.substring(from, to);
  }

  /** Takes what the keys say now. */
  void update(SortedMap<String, String> keys) {
    byService.clear();
    keys.forEach(
        (key, address) -> {
          String service = key.substring(PREFIX.length(), key.lastIndexOf('/'));
          byService.computeIfAbsent(service, name -> new ArrayList<>()).add(Address.parse(address));
        });
    turns.keySet().retainAll(byService.keySet());
  }

  /** So many of a service's, each once, in the order in which they are asked. */
  List<Address> next(String service, int most) {
    List<Address> all = byService.get(service);
    if (all == null) {
      return List.of(); // and no turn is kept: clients ask for what they like
    }
    int first = turns.merge(service, 1, Integer::sum);
    List<Address> chosen = new ArrayList<>();
    for (int i = 0; i < Math.min(most, all.size()); i++) {
      chosen.add(all.get(Math.floorMod(first + i, all.size())));
    }
    return chosen;
  }

  /** Services whose next backend is known: none that nobody announces. */
  int turns() {
    return turns.size();
  }

  /** How many there are of all services. */
  int size() {
    return byService.values().stream().mapToInt(List::size).sum();
  }
}
