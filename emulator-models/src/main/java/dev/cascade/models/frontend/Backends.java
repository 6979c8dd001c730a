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

  /** Takes what the keys say now. */
  void update(SortedMap<String, String> keys) {
    byService.clear();
    keys.forEach(
        (key, address) -> {
          String service = key.substring(PREFIX.length(), key.lastIndexOf('/'));
          byService.computeIfAbsent(service, name -> new ArrayList<>()).add(Address.parse(address));
        });
  }

  /** So many of a service's, each once, in the order in which they are asked. */
  List<Address> next(String service, int most) {
    List<Address> all = byService.getOrDefault(service, List.of());
    int first = turns.merge(service, 1, Integer::sum);
    List<Address> chosen = new ArrayList<>();
    for (int i = 0; i < Math.min(most, all.size()); i++) {
      chosen.add(all.get(Math.floorMod(first + i, all.size())));
    }
    return chosen;
  }

  /** How many there are of all services. */
  int size() {
    return byService.values().stream().mapToInt(List::size).sum();
  }
}
