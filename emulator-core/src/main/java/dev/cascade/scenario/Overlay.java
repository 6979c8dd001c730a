package dev.cascade.scenario;

import dev.cascade.node.Suggestion;
import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Scalar;
import dev.cascade.scenario.Tree.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        problems.error(at, "The path has more than " + MAX_DEPTH + " parts.");
        return document;
      }
      String first = segments.get(0);
      if (first.equals(SPEC) || first.equals("metadata")) {
        return into(document, 0);
      }
      Tree spec = document.get(SPEC);
      if (!Section.keys().contains(first)
          && !RecordShape.of(Timing.class).names().contains(first)) {
        List<String> known = new ArrayList<>(Section.keys());
        known.addAll(RecordShape.of(Timing.class).names());
        problems.error(
            at, "The path (" + path + ") leads nowhere." + Suggestion.maybe(first, known));
        return document;
      }
      return spec == null ? document : document.with(SPEC, spec.location(), into(spec, 0));
    }

    private Tree into(Tree tree, int depth) {
      if (depth == segments.size()) {
        return merging ? merged(tree, value) : value;
      }
      if (tree instanceof Sequence sequence) {
        return intoItem(sequence, depth);
      }
      if (tree instanceof Mapping mapping) {
        return intoKey(mapping, depth);
      }
      Scalar scalar = (Scalar) tree;
      problems.error(
          at,
          "The path ("
              + path
              + ") leads into a value ("
              + scalar.shown()
              + ")."
              + (scalar.text().startsWith("$(")
                  ? " Maybe set configuration." + scalar.text().substring(2).replace(")", "") + "?"
                  : ""));
      return tree;
    }

    private Tree intoItem(Sequence sequence, int depth) {
      String segment = segments.get(depth);
      int index = sequence.indexOf(segment);
      if (index < 0 && segment.matches("[0-9]{1,6}")) {
        index = Integer.parseInt(segment);
      }
      if (index < 0 || index >= sequence.items().size()) {
        problems.error(
            at,
            "The path ("
                + path
                + ") leads nowhere: no item is called ("
                + segment
                + ")."
                + Suggestion.maybe(segment, sequence.names()));
        return sequence;
      }
      return sequence.with(index, into(sequence.items().get(index), depth + 1));
    }

    private Tree intoKey(Mapping mapping, int depth) {
      String segment = segments.get(depth);
      Tree child = mapping.get(segment);
      if (child != null) {
        return mapping.with(segment, mapping.keyLocation(segment), into(child, depth + 1));
      }
      if (isEntry(depth) && !RecordShape.of(Forms.Entry.class).names().contains(segment)) {
        Tree config = mapping.get("config");
        Tree inner = config == null ? Tree.emptyMapping(at) : config;
        return mapping.with("config", at, into(inner, depth));
      }
      if (depth > 0 && segments.get(depth - 1).equals("configuration")) {
        problems.error(
            at,
            "The path ("
                + path
                + ") names no entry of the configuration."
                + Suggestion.maybe(segment, mapping.entries().keySet()));
        return mapping;
      }
      Tree inner = depth == segments.size() - 1 ? value : into(Tree.emptyMapping(at), depth + 1);
      return mapping.with(segment, at, inner);
    }

    /** Whether the node at this depth is an entry of the topology. */
    private boolean isEntry(int depth) {
      int start = segments.get(0).equals(SPEC) ? 1 : 0;
      return depth == start + 2 && segments.get(start).equals("topology");
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
