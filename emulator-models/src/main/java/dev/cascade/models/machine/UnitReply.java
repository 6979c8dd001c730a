package dev.cascade.models.machine;

import dev.cascade.node.WireMessage;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the init system answers. */
public sealed interface UnitReply extends WireMessage {
  /** The job is queued; whether it succeeds, the unit's state will tell. */
  record Queued() implements UnitReply {}

  /** There is no such unit file. */
  record NotFound() implements UnitReply {}

  /** All units by name. */
  record Units(SortedMap<String, UnitState> states) implements UnitReply {
    public Units {
      states = Collections.unmodifiableSortedMap(new TreeMap<>(states));
    }
  }
}
