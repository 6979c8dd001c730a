package dev.cascade.models.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The instances of a scaling group by zone, and how many there should be. */
final class GroupState {
  private final String name;
  private final int min;
  private final int max;
  private final List<String> zones;

  private final Map<String, String> zoneOf = new TreeMap<>();
  private int desired;
  private int launched;

  /** A group that has its first instances, dealt over the zones in turn. */
  GroupState(String name, int min, int max, int initial, List<String> zones) {
    this.name = name;
    this.min = min;
    this.max = max;
    this.zones = List.copyOf(zones);
    this.desired = initial;
    for (int i = 0; i < initial; i++) {
      launch();
    }
  }

  /** What is kept over a crash. */
  record Kept(int desired, int launched, Map<String, String> zoneOf) {}

  Kept kept() {
    return new Kept(desired, launched, new TreeMap<>(zoneOf));
  }

  /** Goes on from what was kept. */
  void restore(Kept kept) {
    desired = kept.desired();
    launched = kept.launched();
    zoneOf.clear();
    zoneOf.putAll(kept.zoneOf());
  }

  /** Sets how many there should be, within the bounds. */
  void desire(int wanted) {
    desired = Math.max(min, Math.min(max, wanted));
  }

  int desired() {
    return desired;
  }

  /** In the order of their names. */
  List<String> instances() {
    return List.copyOf(zoneOf.keySet());
  }

  String zone(String instance) {
    return zoneOf.getOrDefault(instance, "");
  }

  /** Names the instances that must be launched now, each in the zone that has the fewest. */
  List<String> launches() {
    List<String> names = new ArrayList<>();
    while (zoneOf.size() < desired) {
      names.add(launch());
    }
    return names;
  }

  /** Names the instances that must end now, each from the zone that has the most. */
  List<String> surplus() {
    List<String> names = new ArrayList<>();
    while (zoneOf.size() > desired) {
      String fullest = zones.get(0);
      for (String zone : zones) {
        fullest = count(zone) > count(fullest) ? zone : fullest;
      }
      String from = fullest;
      String first =
          zoneOf.entrySet().stream()
              .filter(instance -> instance.getValue().equals(from))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElseThrow();
      zoneOf.remove(first);
      names.add(first);
    }
    return names;
  }

  /** Gives an instance back and wants one less; false if there is none of that name. */
  boolean terminate(String instance) {
    if (desired <= min || zoneOf.remove(instance) == null) {
      return false;
    }
    desired--;
    return true;
  }

  private String launch() {
    String emptiest = zones.get(0);
    for (String zone : zones) {
      emptiest = count(zone) < count(emptiest) ? zone : emptiest;
    }
    String instance = name + "-" + ++launched;
    zoneOf.put(instance, emptiest);
    return instance;
  }

  private long count(String zone) {
    return zoneOf.values().stream().filter(zone::equals).count();
  }
}
