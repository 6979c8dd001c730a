package dev.cascade.models.aws;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Takes the healthy targets of a group in turn; all of them, when none is healthy (fail open). */
final class RoutingTable {
  private final Map<String, TargetHealth.State> targets = new TreeMap<>();
  private List<String> eligible = List.of();
  private int turn;

  /** Adds a target, or says what it is taken for now. */
  void put(String target, TargetHealth.State state) {
    if (targets.put(target, state) != state) {
      refresh();
    }
  }

  void remove(String target) {
    targets.remove(target);
    refresh();
  }

  List<String> targets() {
    return List.copyOf(targets.keySet());
  }

  int healthy() {
    return Collections.frequency(targets.values(), TargetHealth.State.HEALTHY);
  }

  /** Whether requests go to targets that are not healthy, for want of others. */
  boolean isFailingOpen() {
    return !targets.isEmpty() && healthy() == 0;
  }

  /** Where the next request goes; nowhere if there are no targets. */
  Optional<String> next() {
    if (eligible.isEmpty()) {
      return Optional.empty();
    }
    turn = (turn + 1) % eligible.size();
    return Optional.of(eligible.get(turn));
  }

  private void refresh() {
    boolean failOpen = isFailingOpen();
    eligible =
        targets.entrySet().stream()
            .filter(e -> failOpen || e.getValue() == TargetHealth.State.HEALTHY)
            .map(Map.Entry::getKey)
            .toList();
  }
}
