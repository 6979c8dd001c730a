package dev.cascade.scenario;

import dev.cascade.scenario.Tree.Kind;
import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Quotes;
import dev.cascade.scenario.Tree.Scalar;
import dev.cascade.scenario.Tree.Sequence;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.AnchorNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Parses YAML into a {@link Tree}. SnakeYAML only composes nodes here and constructs nothing; files
 * come from strangers, so depth, aliases and the number of nodes are bounded.
 */
final class YamlParser {
  /** Nodes of a document with its aliases written out. */
  static final int MAX_NODES = 200_000;

  private static final int MAX_DEPTH = 50;
  private static final int MAX_ALIASES = 50;
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Set<String> NULLS = new TreeSet<>(List.of("", "~", "null", "Null", "NULL"));
  private static final Set<String> BOOLEANS =
      new TreeSet<>(List.of("true", "True", "TRUE", "false", "False", "FALSE"));
  private static final Set<String> BOOLEAN_KEYS =
      new TreeSet<>(List.of("yes", "no", "on", "off", "true", "false"));

  private final ScenarioSource source;
  private final Problems problems;
  private final List<Node> open = new ArrayList<>();
  private int nodes;
  private int tooMany;

  private YamlParser(ScenarioSource source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  /** The document, or null if there is none that can be used; then there is a problem. */
  static @Nullable Tree parse(ScenarioSource source, Problems problems) {
    return new YamlParser(source, problems).parse();
  }

  private @Nullable Tree parse() {
    String text = source.text().startsWith("\uFEFF") ? source.text().substring(1) : source.text();
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(ScenarioSource.MAX_BYTES + 1);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setNestingDepthLimit(MAX_DEPTH);
    try {
      Node root = new Yaml(options).compose(new StringReader(text));
      if (root == null) {
        problems.error(at(1, 1), "The file is empty.");
        return null;
      }
      return convert(root);
    } catch (MarkedYAMLException unparsable) {
      Mark mark = unparsable.getProblemMark();
      Location location = mark == null ? at(1, 1) : at(mark.getLine() + 1, mark.getColumn() + 1);
      problems.error(location, explain(unparsable, lineOf(text, location.line())));
    } catch (ReaderException unprintable) {
      problems.error(
          locate(text, unprintable.getPosition()),
          "The character (U+%04X) is not allowed in YAML.".formatted(unprintable.getCodePoint()));
    } catch (YAMLException refused) {
      problems.error(at(1, 1), "The file is refused: " + refused.getMessage() + ".");
    }
    return null;
  }

  private static String explain(MarkedYAMLException unparsable, String line) {
    String problem = String.valueOf(unparsable.getProblem());
    String context = unparsable.getContext() == null ? "" : " " + unparsable.getContext();
    String message = "This is no YAML (" + problem + context + ").";
    if (problem.contains("\\t") || line.stripTrailing().matches("[ -]*\t.*")) {
      return "A tab cannot indent YAML. Maybe use spaces?";
    }
    if (line.contains("${")) {
      return message + " Maybe write $(name): a brace begins a mapping.";
    }
    if (context.contains("flow")) {
      return message + " Maybe quote the text, or give each key a line of its own?";
    }
    if (problem.contains("mapping values are not allowed")) {
      return message + " Maybe quote the text that has a colon in it?";
    }
    return message;
  }

  private Tree convert(Node node) {
    Location location = location(node);
    if (node instanceof AnchorNode anchor) {
      return convert(anchor.getRealNode());
    }
    if (++nodes > MAX_NODES) {
      return tooMany++ > 0
          ? broken(location)
          : broken(
              location,
              "The document has more than %d nodes once its aliases are written out. Maybe use fewer aliases?"
                  .formatted(MAX_NODES));
    }
    if (open.contains(node)) {
      return broken(location, "This node contains itself through an alias.");
    }
    if (!node.getTag().startsWith("tag:yaml.org,2002:")) {
      return broken(
          location,
          "The tag (%s) is not allowed. Maybe leave it out?".formatted(node.getTag().getValue()));
    }
    open.add(node);
    try {
      if (node instanceof MappingNode mapping) {
        return mapping(mapping, location);
      }
      if (node instanceof SequenceNode sequence) {
        return sequence(sequence, location);
      }
      return scalar((ScalarNode) node, location);
    } finally {
      open.remove(open.size() - 1);
    }
  }

  private Scalar broken(Location location, String message) {
    problems.error(location, message);
    return broken(location);
  }

  private static Scalar broken(Location location) {
    return Scalar.of(location, "", Kind.BROKEN);
  }

  private Mapping mapping(MappingNode node, Location location) {
    Map<String, Mapping.Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Location keyLocation = location(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.error(keyLocation, "A key must be a text, not a list or mapping.");
        continue;
      }
      Tree value = convert(tuple.getValueNode());
      if (!checkKey(key, keyLocation)) {
        continue;
      }
      Mapping.Entry before = entries.get(key.getValue());
      if (before != null) {
        problems.error(
            keyLocation,
            "The key ("
                + key.getValue()
                + ") is there already, in line "
                + before.key().line()
                + ". Maybe remove one?");
        continue;
      }
      entries.put(key.getValue(), new Mapping.Entry(keyLocation, value));
    }
    return new Mapping(location, entries);
  }

  private boolean checkKey(ScalarNode key, Location location) {
    String text = key.getValue();
    if (!isPlain(key)) {
      return true;
    }
    if (BOOLEAN_KEYS.contains(text.toLowerCase(Locale.ROOT))) {
      problems.error(
          location,
          "The key ("
              + text
              + ") is a truth value to many YAML readers. Maybe quote it, or choose"
              + " another name?");
      return false;
    }
    if (text.equals("<<")) {
      problems.error(
          location,
          "Merge keys (<<) are not supported. Maybe use a configuration entry and $(name)?");
      return false;
    }
    if (NULLS.contains(text)) {
      problems.error(location, "A key is missing before the colon.");
      return false;
    }
    return true;
  }

  private Sequence sequence(SequenceNode node, Location location) {
    List<Tree> items = new ArrayList<>();
    for (Node item : node.getValue()) {
      items.add(convert(item));
    }
    return new Sequence(location, items);
  }

  private Scalar scalar(ScalarNode node, Location location) {
    Kind kind = isPlain(node) ? kindOf(node.getValue()) : Kind.TEXT;
    return new Scalar(location, node.getValue(), kind, quotes(node));
  }

  /** What a plain scalar of this text looks like. */
  static Kind kindOf(String text) {
    if (NULLS.contains(text)) {
      return Kind.NULL;
    }
    if (BOOLEANS.contains(text)) {
      return Kind.BOOLEAN;
    }
    if (INTEGER.matcher(text).matches()) {
      return Kind.INTEGER;
    }
    return DECIMAL.matcher(text).matches() ? Kind.DECIMAL : Kind.TEXT;
  }

  private static boolean isPlain(ScalarNode node) {
    return node.getScalarStyle() == ScalarStyle.PLAIN;
  }

  private static Quotes quotes(ScalarNode node) {
    Quotes quotes =
        switch (node.getScalarStyle()) {
          case PLAIN -> Quotes.NONE;
          case SINGLE_QUOTED -> Quotes.SINGLE;
          case DOUBLE_QUOTED -> Quotes.DOUBLE;
          default -> Quotes.UNTRACEABLE;
        };
    int typed = quotes == Quotes.NONE ? 0 : 2;
    for (char character : node.getValue().toCharArray()) {
      typed += quotes.typedLength(character);
    }
    // Another length means escapes or folded lines.
    boolean traceable = node.getEndMark().getIndex() - node.getStartMark().getIndex() == typed;
    return traceable ? quotes : Quotes.UNTRACEABLE;
  }

  private Location location(Node node) {
    return at(node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
  }

  private Location at(int line, int column) {
    return Location.of(source.name(), line, column);
  }

  private Location locate(String text, int index) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < Math.min(index, text.length()); i++) {
      boolean newLine = text.charAt(i) == '\n';
      line += newLine ? 1 : 0;
      column = newLine ? 1 : column + 1;
    }
    return at(line, column);
  }

  private static String lineOf(String text, int line) {
    return text.lines().skip(line - 1L).findFirst().orElse("");
  }
}
