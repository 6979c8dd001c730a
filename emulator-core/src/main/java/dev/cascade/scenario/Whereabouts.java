package dev.cascade.scenario;

import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Scalar;
import dev.cascade.scenario.Tree.Sequence;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds where in its file a part of a scenario stands. What was built in Java stands nowhere, and
 * is told by the scenario's name alone.
 */
final class Whereabouts {
  private final Location fallback;
  private final @Nullable Tree spec;

  private Whereabouts(Location fallback, @Nullable Tree spec) {
    this.fallback = fallback;
    this.spec = spec;
  }

  /** Of the spec of a file. */
  static Whereabouts in(Tree spec) {
    return new Whereabouts(spec.location(), spec);
  }

  /** Of what was built in Java. */
  static Whereabouts unknown(String scenario) {
    return new Whereabouts(Location.of("scenario " + scenario), null);
  }

  /**
   * The value at a path of keys and item names, or what of the path there is. A key that the path
   * takes in an item may also stand in its {@code config}.
   */
  Location of(String... path) {
    return find(path).map(Tree::location).orElse(fallback);
  }

  /** The key of the value at a path. */
  Location keyOf(String key, String... path) {
    return find(path).orElse(null) instanceof Mapping mapping ? mapping.keyLocation(key) : of(path);
  }

  /** The first text that is this word, below a path. */
  Location ofWord(String word, String... path) {
    Tree start = find(path).orElse(null);
    Location found = start == null ? null : search(start, word);
    return found == null ? of(path) : found;
  }

  /**
   * A character of the expression at a path, or its beginning.
   *
   * @param line counted from 1
   * @param column counted from 1
   * @param key of the expression in the mapping at the path; empty if the path leads to it
   */
  Location ofCharacter(int line, int column, String key, String... path) {
    Tree tree = find(path).orElse(null);
    if (!key.isEmpty() && tree instanceof Mapping mapping && mapping.get(key) != null) {
      tree = mapping.get(key);
    }
    if (tree == null) {
      return fallback;
    }
    return tree instanceof Scalar scalar && line == 1
        ? scalar.location(column - 1)
        : tree.location();
  }

  /** The names of the items of the list at a path, also of those that could not be read. */
  List<String> names(String... path) {
    return find(path).orElse(null) instanceof Sequence sequence ? sequence.names() : List.of();
  }

  /** How many items the list at a path has. */
  int size(String... path) {
    return has(path) && find(path).orElse(null) instanceof Sequence sequence
        ? sequence.items().size()
        : 0;
  }

  /** The text at a path; empty if there is none. */
  Optional<String> text(String... path) {
    return has(path)
            && find(path).orElse(null) instanceof Scalar scalar
            && !scalar.isNull()
            && !scalar.isBroken()
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  /** The keys of the mapping at a path. */
  Collection<String> keys(String key) {
    return spec instanceof Mapping mapping && mapping.get(key) instanceof Mapping inner
        ? inner.entries().keySet()
        : List.of();
  }

  /** The name of the second item so called in the list at a path. */
  Location ofSecond(String name, String... path) {
    boolean again = false;
    if (find(path).orElse(null) instanceof Sequence sequence) {
      for (Tree item : sequence.items()) {
        if (item instanceof Mapping mapping && name.equals(mapping.text("name"))) {
          if (again) {
            return mapping.valueLocation("name");
          }
          again = true;
        }
      }
    }
    return of(path);
  }

  /** Whether a path leads somewhere. */
  boolean has(String... path) {
    Tree tree = spec;
    for (String segment : path) {
      tree = child(tree, segment);
    }
    return tree != null;
  }

  private Optional<Tree> find(String... path) {
    Tree tree = spec;
    for (String segment : path) {
      Tree child = child(tree, segment);
      if (child == null) {
        break;
      }
      tree = child;
    }
    return Optional.ofNullable(tree);
  }

  private static @Nullable Tree child(@Nullable Tree tree, String segment) {
    if (tree instanceof Mapping mapping) {
      return mapping.get(segment);
    }
    if (tree instanceof Sequence sequence) {
      int index = sequence.indexOf(segment);
      if (index < 0 && segment.matches("[0-9]{1,6}")) {
        index = Integer.parseInt(segment);
      }
      return index >= 0 && index < sequence.items().size() ? sequence.items().get(index) : null;
    }
    return null;
  }

  private static @Nullable Location search(Tree tree, String word) {
    if (tree instanceof Scalar scalar) {
      return scalar.text().equals(word) ? scalar.location() : null;
    }
    Iterable<Tree> children =
        tree instanceof Sequence sequence
            ? sequence.items()
            : ((Mapping) tree).entries().values().stream().map(Mapping.Entry::value).toList();
    for (Tree child : children) {
      Location found = search(child, word);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
