package dev.cascade.scenario;

import dev.cascade.node.Suggestion;
import dev.cascade.scenario.Tree.Kind;
import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Quotes;
import dev.cascade.scenario.Tree.Scalar;
import dev.cascade.scenario.Tree.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the values of the {@code configuration} in place of {@code $(name)}. A value that is nothing
 * but {@code $(name)} becomes what stands there, whatever its type; inside a text it is pasted.
 */
final class Substitution {
  private static final Pattern REFERENCE =
      Pattern.compile("(\\$)?\\$\\(([^()\\s]*)\\)|\\$\\{([^{}\\s]*)\\}");
  private static final int MAX_DEPTH = 50;

  /** Bounds what references may add up to; a few lines could fill any memory. */
  private static final int MAX_SIZE = YamlParser.MAX_NODES;

  private static final int TEXT_PER_NODE = 64;

  private final Mapping configuration;
  private final Problems problems;
  private final Map<String, Tree> resolved = new TreeMap<>();
  private final TreeSet<String> used = new TreeSet<>();
  private final List<String> open = new ArrayList<>();
  private int size;

  Substitution(Mapping configuration, Problems problems) {
    this.configuration = configuration;
    this.problems = problems;
  }

  /** The tree with all references resolved. */
  Tree in(Tree tree) {
    if (tree instanceof Mapping mapping) {
      Map<String, Mapping.Entry> entries = new LinkedHashMap<>();
      mapping
          .entries()
          .forEach(
              (key, entry) -> entries.put(key, new Mapping.Entry(entry.key(), in(entry.value()))));
      return new Mapping(mapping.location(), entries);
    }
    if (tree instanceof Sequence sequence) {
      return new Sequence(sequence.location(), sequence.items().stream().map(this::in).toList());
    }
    return scalar((Scalar) tree);
  }

  /** Warns of entries that nothing has referred to. */
  void warnOfUnused() {
    configuration
        .entries()
        .forEach(
            (name, entry) -> {
              in(entry.value());
              if (!used.contains(name)) {
                problems.warn(
                    entry.key(),
                    "The configuration ("
                        + name
                        + ") is used nowhere. Maybe write $("
                        + name
                        + ") where it belongs?");
              }
            });
  }

  private Tree scalar(Scalar scalar) {
    if (!scalar.text().contains("$")) {
      return scalar;
    }
    Matcher reference = REFERENCE.matcher(scalar.text());
    StringBuilder text = new StringBuilder();
    while (reference.find()) {
      String name = reference.group(2);
      Location at = scalar.location(reference.start());
      if (name == null) {
        problems.error(
            at,
            "The reference ("
                + reference.group()
                + ") has the wrong brackets. Maybe $("
                + reference.group(3)
                + ")?");
        return broken(scalar);
      }
      if (reference.group(1) != null) {
        reference.appendReplacement(text, Matcher.quoteReplacement(reference.group().substring(1)));
        continue;
      }
      Tree value = lookUp(name, at);
      if (reference.group().equals(scalar.text())) {
        return value;
      }
      if (!(value instanceof Scalar inner)) {
        problems.error(
            at,
            "The configuration ("
                + name
                + ") is "
                + value.kind()
                + ", which cannot be pasted into a text.");
        return broken(scalar);
      }
      if (inner.isBroken()) {
        return inner;
      }
      reference.appendReplacement(text, Matcher.quoteReplacement(inner.text()));
    }
    reference.appendTail(text);
    if (text.toString().equals(scalar.text())) {
      return scalar;
    }
    Kind kind = scalar.quotes() == Quotes.NONE ? YamlParser.kindOf(text.toString()) : Kind.TEXT;
    return new Scalar(scalar.location(), text.toString(), kind, Quotes.UNTRACEABLE);
  }

  private static Scalar broken(Tree tree) {
    return Scalar.of(tree.location(), "", Kind.BROKEN);
  }

  private Tree lookUp(String name, Location at) {
    used.add(name);
    Tree known = resolved.get(name);
    if (known == null) {
      known = resolve(name, at);
    }
    if (size <= MAX_SIZE) {
      size += size(known);
      if (size <= MAX_SIZE) {
        return Relocation.of(known, defined -> defined.usedAt(at));
      }
      problems.error(at, "The references to the configuration grow too large.");
    }
    return broken(known);
  }

  /** Nodes, and long texts as if they were several. */
  private static int size(Tree tree) {
    return tree instanceof Scalar scalar
        ? 1 + scalar.text().length() / TEXT_PER_NODE
        : Relocation.nodes(tree);
  }

  private Tree resolve(String name, Location at) {
    Tree value = configuration.get(name);
    if (value == null) {
      problems.error(
          at,
          "The configuration ("
              + name
              + ") does not exist."
              + Suggestion.maybe(name, configuration.entries().keySet()));
    } else if (open.contains(name)) {
      List<String> circle = new ArrayList<>(open.subList(open.indexOf(name), open.size()));
      circle.add(name);
      problems.error(
          configuration.keyLocation(name),
          "The configuration goes round in a circle (" + String.join(" -> ", circle) + ").");
      value = null;
    } else if (open.size() == MAX_DEPTH) {
      problems.error(at, "The configuration (" + name + ") is nested too deeply.");
      value = null;
    }
    if (value == null) {
      return Scalar.of(at, "", Kind.BROKEN);
    }
    open.add(name);
    Tree result = in(value);
    open.remove(open.size() - 1);
    resolved.put(name, result);
    return result;
  }
}
