package dev.cascade.scenario;

import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Quotes;
import dev.cascade.scenario.Tree.Scalar;
import dev.cascade.scenario.Tree.Sequence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Copies trees to where they are used. */
final class Relocation {
  private Relocation() {}

  /** The same tree with other locations. */
  static Tree of(Tree tree, UnaryOperator<Location> move) {
    Location location = move.apply(tree.location());
    if (tree instanceof Mapping mapping) {
      Map<String, Mapping.Entry> entries = new LinkedHashMap<>();
      mapping
          .entries()
          .forEach(
              (key, entry) ->
                  entries.put(
                      key, new Mapping.Entry(move.apply(entry.key()), of(entry.value(), move))));
      return new Mapping(location, entries);
    }
    if (tree instanceof Sequence sequence) {
      return new Sequence(location, sequence.items().stream().map(item -> of(item, move)).toList());
    }
    Scalar scalar = (Scalar) tree;
    Quotes quotes = location.line() == 0 ? Quotes.UNTRACEABLE : scalar.quotes();
    return new Scalar(location, scalar.text(), scalar.scalarKind(), quotes);
  }

  /** The number of nodes of a tree. */
  static int nodes(Tree tree) {
    int nodes = 1;
    if (tree instanceof Mapping mapping) {
      for (Mapping.Entry entry : mapping.entries().values()) {
        nodes += nodes(entry.value());
      }
    } else if (tree instanceof Sequence sequence) {
      for (Tree item : sequence.items()) {
        nodes += nodes(item);
      }
    }
    return nodes;
  }
}
