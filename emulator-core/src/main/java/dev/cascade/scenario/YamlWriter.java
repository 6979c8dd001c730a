package dev.cascade.scenario;

import dev.cascade.scenario.Tree.Kind;
import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Scalar;
import dev.cascade.scenario.Tree.Sequence;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Writes trees as YAML that {@link YamlParser} reads back to the same values. */
final class YamlWriter {
  private static final int LONGEST_LINE = 100;

  private YamlWriter() {}

  static String write(Tree tree) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setWidth(LONGEST_LINE);
    options.setSplitLines(false);
    StringWriter text = new StringWriter();
    new Yaml(options).serialize(node(tree), text);
    return text.toString();
  }

  private static Node node(Tree tree) {
    if (tree instanceof Mapping mapping) {
      List<NodeTuple> tuples = new ArrayList<>();
      mapping
          .entries()
          .forEach((key, entry) -> tuples.add(new NodeTuple(text(key), node(entry.value()))));
      return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
    }
    if (tree instanceof Sequence sequence) {
      List<Node> items = sequence.items().stream().map(YamlWriter::node).toList();
      boolean words = sequence.items().stream().allMatch(item -> item instanceof Scalar);
      return new SequenceNode(Tag.SEQ, items, words ? FlowStyle.FLOW : FlowStyle.BLOCK);
    }
    Scalar scalar = (Scalar) tree;
    return scalar.scalarKind() == Kind.TEXT ? text(scalar.text()) : plain(scalar.text());
  }

  /** A text, quoted if it would be read as something else. */
  private static Node text(String text) {
    if (text.indexOf('\n') >= 0) {
      return new ScalarNode(Tag.STR, text, null, null, ScalarStyle.LITERAL);
    }
    boolean plain = YamlParser.kindOf(text) == Kind.TEXT;
    return new ScalarNode(
        Tag.STR, text, null, null, plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
  }

  /** A number or the like. With the tag that SnakeYAML's older rules give it, it stays unquoted. */
  private static Node plain(String text) {
    Tag tag = new Resolver().resolve(NodeId.scalar, text, true);
    return new ScalarNode(tag, text, null, null, ScalarStyle.PLAIN);
  }
}
