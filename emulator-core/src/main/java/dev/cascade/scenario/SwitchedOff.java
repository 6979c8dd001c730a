package dev.cascade.scenario;

import dev.cascade.node.Model;
import java.util.List;

/**
 * What {@code enabled: false} leaves out of a scenario: nothing of it is there and nothing of it
 * happens, but expressions may go on to name it.
 *
 * @param models of entries and loads, so that their metrics and events are known
 * @param steps of the method and the rollbacks, each of which is an event that never comes
 */
record SwitchedOff(List<Model<?>> models, List<String> steps) {
  static final SwitchedOff NOTHING = new SwitchedOff(List.of(), List.of());

  SwitchedOff {
    models = List.copyOf(models);
    steps = List.copyOf(steps);
  }
}
