package dev.cascade.schedule;

import dev.cascade.node.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A small program of processes that say things to each other, and that goes wrong in some orders of
 * these. What a process does is a function of its state, so that the same program runs as actors on
 * the engine and is enumerated by {@link Enumerator}.
 *
 * @param depth orderings that are enough to make it go wrong: the d of PCT
 * @param roles processes by name, at the beginning
 * @param wrong whether this end is the bug
 */
public record Program(
    String name,
    int depth,
    SortedMap<String, Role> roles,
    Predicate<SortedMap<String, Role>> wrong) {

  /** What is said. */
  public record Note(String from, String what, int value) implements WireMessage {}

  /** Something that is said to somebody. */
  public record Send(String to, Note note) {}

  /** What a process becomes, and says. */
  public record Step(Role next, List<Send> sends) {}

  /** One process's state. */
  public interface Role {
    /** What it says at the start. */
    default List<Send> start() {
      return List.of();
    }

    /** What it does with what it hears. */
    Step on(Note note);

    /** It stays as it is. */
    default Step says(Send... sends) {
      return new Step(this, List.of(sends));
    }
  }

  static Send send(String from, String to, String what, int value) {
    return new Send(to, new Note(from, what, value));
  }

  /** What all processes say at the start, in the order of their names. */
  public List<Send> start() {
    List<Send> sends = new ArrayList<>();
    roles.values().forEach(role -> sends.addAll(role.start()));
    return sends;
  }

  /** The state after one message was heard. */
  static SortedMap<String, Role> after(SortedMap<String, Role> roles, String who, Role next) {
    SortedMap<String, Role> changed = new TreeMap<>(roles);
    changed.put(who, next);
    return changed;
  }

  @Override
  public String toString() {
    return name;
  }
}
