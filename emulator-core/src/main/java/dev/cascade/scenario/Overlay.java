package dev.cascade.scenario;

import dev.cascade.node.Suggestion;
import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Scalar;
import dev.cascade.scenario.Tree.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts new values into a document by path: {@code topology.edge.healthCheck.interval}. List items
 * go by their name or, where they have none, by their place from 0; an entry of the topology leads
 * through to its {@code config}.
 */
final class Overlay {
  private static final String SPEC = "spec";
  private static final int MAX_DEPTH = 50;

  private final Problems problems;

  Overlay(Problems problems) {
    this.problems = problems;
  }

  /** The document with a value replaced; unchanged, and a problem told, if the path is wrong. */
  Mapping set(Mapping document, String path, Tree value, Location at) {
    return (Mapping) new Step(path, value, at, false).from(document);
  }

  /** The document with a values file merged into its spec. */
  Mapping merge(Mapping document, Mapping values) {
    Mapping merged = document;
    for (Map.Entry<String, Mapping.Entry> entry : values.entries().entrySet()) {
      Mapping.Entry value = entry.getValue();
      merged = (Mapping) new Step(entry.getKey(), value.value(), value.key(), true).from(merged);
    }
    return merged;
  }

  /** One value on its way down its path. */
  private final class Step {
    private final String path;
    private final List<String> segments;
    private final Tree value;
    private final Location at;
    private final boolean merging;

    Step(String path, Tree value, Location at, boolean merging) {
      this.path = path;
      this.segments = List.of(path.split("\\.", -1));
      this.value = value;
      this.at = at;
      this.merging = merging;
    }

    Tree from(Mapping document) {
      if (segments.size() > MAX_DEPTH) {
        problems.error(at, "The path has more than %d parts.".formatted(MAX_DEPTH));
        return document;
      }
      String first = segments.get(0);
      if (first.equals(SPEC) || first.equals("metadata")) {
        return into(document, 0);
      }
      List<String> known = new ArrayList<>(Section.keys());
      known.addAll(RecordShape.of(Timing.class).names());
      if (!known.contains(first)) {
        return nowhere(document, "there is no " + first, Suggestion.maybe(first, known));
      }
      Tree spec = document.get(SPEC);
      return spec == null ? document : document.with(SPEC, spec.location(), into(spec, 0));
    }

    private Tree nowhere(Tree tree, String why, String maybe) {
      problems.error(at, "The path (%s) leads nowhere: %s.%s".formatted(path, why, maybe));
      return tree;
    }

    private Tree into(Tree tree, int depth) {
      if (depth == segments.size()) {
        return merging ? merged(tree, value) : value;
      }
      if (tree instanceof Sequence sequence) {
        return intoItem(sequence, depth);
      }
      if (tree instanceof Mapping mapping) {
        return intoKey(mapping, depth, isEntry(depth));
      }
      String text = ((Scalar) tree).shown();
      String maybe =
          text.matches("\\$\\([^()]*\\)")
              ? " Maybe set configuration.%s?".formatted(text.substring(2, text.length() - 1))
              : "";
      return nowhere(tree, "(%s) is a value (%s)".formatted(segments.get(depth - 1), text), maybe);
    }

    private Tree intoItem(Sequence sequence, int depth) {
      String name = segments.get(depth);
      int index = sequence.indexOf(name);
      if (index < 0 && name.matches("[0-9]{1,6}")) {
        index = Integer.parseInt(name);
      }
      if (index < 0 || index >= sequence.items().size()) {
        return nowhere(
            sequence,
            "no item is called (%s)".formatted(name),
            Suggestion.maybe(name, sequence.names()));
      }
      return sequence.with(index, into(sequence.items().get(index), depth + 1));
    }

    private Tree intoKey(Mapping mapping, int depth, boolean isEntry) {
      String key = segments.get(depth);
      Tree child = mapping.get(key);
      if (child != null) {
        return mapping.with(key, mapping.keyLocation(key), into(child, depth + 1));
      }
      if (isEntry && !RecordShape.of(Forms.Entry.class).names().contains(key)) {
        Mapping inner =
            mapping.get("config") instanceof Mapping config ? config : Tree.emptyMapping(at);
        return mapping.with("config", mapping.keyLocation("config"), intoKey(inner, depth, false));
      }
      if (depth > 0 && segments.get(depth - 1).equals(Section.CONFIGURATION.key)) {
        return nowhere(
            mapping,
            "the configuration has no entry (%s)".formatted(key),
            mapping.entries().isEmpty()
                ? " It has none. Maybe a value by its own path, topology.NAME.replicas?"
                : among(key, mapping.entries().keySet()));
      }
      boolean isLast = depth == segments.size() - 1;
      if (!isLast && Section.isList(key)) {
        return nowhere(mapping, "there is no " + key, "");
      }
      return mapping.with(key, at, isLast ? value : into(Tree.emptyMapping(at), depth + 1));
    }

    /** The nearest word; else all of them, for nobody knows by heart what a file has. */
    private static String among(String word, Set<String> known) {
      String maybe = Suggestion.maybe(word, known);
      return maybe.isEmpty() ? " It has: " + String.join(", ", known) + "." : maybe;
    }

    /** Whether the node at this depth is an entry of the topology. */
    private boolean isEntry(int depth) {
      int start = segments.get(0).equals(SPEC) ? 1 : 0;
      return depth == start + 2 && segments.get(start).equals(Section.TOPOLOGY.key);
    }

    private Tree merged(Tree old, Tree update) {
      if (!(update instanceof Mapping changes) || changes.get("distribution") != null) {
        return update;
      }
      Tree result = old;
      if (old instanceof Mapping || old instanceof Sequence) {
        for (Map.Entry<String, Mapping.Entry> entry : changes.entries().entrySet()) {
          Mapping.Entry change = entry.getValue();
          String below = path + "." + entry.getKey();
          result =
              new Step(below, change.value(), change.key(), true).into(result, segments.size());
        }
        return result;
      }
      return update;
    }
  }
}
