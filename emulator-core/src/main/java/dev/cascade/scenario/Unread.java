package dev.cascade.scenario;

import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Scalar;
import dev.cascade.scenario.Tree.Sequence;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is known of entries that are there, but could not be read: what refers to them may be right.
 *
 * @param names of the entries
 * @param zones that they are spread over
 * @param labels that they bear, as {@code key: value}
 */
record Unread(SortedSet<String> names, SortedSet<String> zones, SortedSet<String> labels) {
  Unread() {
    this(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
  }

  /** Takes from an entry of the file what can be taken. */
  void add(String name, Mapping item) {
    names.add(name);
    if (item.get("zones") instanceof Sequence sequence) {
      sequence.items().stream()
          .filter(Scalar.class::isInstance)
          .forEach(zone -> zones.add(((Scalar) zone).text()));
    }
    if (item.get("labels") instanceof Mapping mapping) {
      mapping.entries().keySet().forEach(key -> labels.add(key + ": " + mapping.text(key)));
    }
  }
}
