package dev.cascade.models.classifier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the part of YAML that a classifier is written in: mappings and sequences in block style, of
 * plain words. Any beginning of such a file is read, or not, as YAML's own rules have it: a test
 * compares with a YAML library, byte by byte.
 */
final class BlockYaml {
  /** What is read breaks the rules. */
  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken() {
      super("not YAML", null, false, false);
    }
  }

  private record Line(int indent, String text) {
    boolean isItem() {
      return text.equals("-") || text.startsWith("- ");
    }

    /** Where the key ends; -1 if it has none. */
    int colon() {
      int colon = text.indexOf(": ");
      return colon < 0 && text.endsWith(":") ? text.length() - 1 : colon;
    }
  }

  private final List<Line> lines = new ArrayList<>();
  private int at;

  private BlockYaml(String text) {
    for (String line : text.split("\n", -1)) {
      String words = line.strip();
      if (!words.isEmpty()) {
        int indent = 0;
        while (line.charAt(indent) == ' ') {
          indent++;
        }
        lines.add(new Line(indent, words));
      }
    }
  }

  /**
   * Reads a file: mappings become maps in their order, sequences lists, words strings, and what is
   * left out null, also for an empty file.
   *
   * @return nothing if it breaks the rules
   */
  static Optional<Document> read(String text) {
    BlockYaml yaml = new BlockYaml(text);
    try {
      Object root = yaml.lines.isEmpty() ? null : yaml.node(-1);
      yaml.require(yaml.at == yaml.lines.size());
      return Optional.of(new Document(root));
    } catch (Broken broken) {
      return Optional.empty();
    }
  }

  /** What a file holds; nothing if it is empty. */
  record Document(@Nullable Object root) {}

  private void require(boolean kept) {
    if (!kept) {
      throw new Broken();
    }
  }

  private @Nullable Line peek() {
    return at < lines.size() ? lines.get(at) : null;
  }

  /** What stands deeper than its parent, if anything. */
  private @Nullable Object node(int parent) {
    Line line = peek();
    if (line == null || line.indent() <= parent) {
      return null;
    }
    if (line.isItem()) {
      return sequence(line.indent());
    }
    return line.colon() < 0 ? words(parent) : mapping(line.indent());
  }

  private Map<String, @Nullable Object> mapping(int indent) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Line line = peek(); line != null && line.indent() >= indent; line = peek()) {
      require(line.indent() == indent && !line.isItem() && line.colon() >= 0);
      String key = line.text().substring(0, line.colon());
      require(!map.containsKey(key));
      String rest = line.text().substring(line.colon() + 1).strip();
      at++;
      map.put(key, rest.isEmpty() ? value(indent) : wordsOn(rest, indent));
    }
    return map;
  }

  /** The value of a key with nothing behind it: a sequence may stand as far left as its key. */
  private @Nullable Object value(int indent) {
    Line line = peek();
    return line != null && line.indent() == indent && line.isItem()
        ? sequence(indent)
        : node(indent);
  }

  private List<@Nullable Object> sequence(int indent) {
    List<@Nullable Object> items = new ArrayList<>();
    for (Line line = peek();
        line != null && line.indent() == indent && line.isItem();
        line = peek()) {
      String rest = line.text().substring(1).strip();
      at++;
      items.add(item(rest, indent));
    }
    Line next = peek();
    require(next == null || next.indent() <= indent);
    return items;
  }

  private @Nullable Object item(String rest, int indent) {
    if (rest.isEmpty()) {
      return node(indent);
    }
    Line line = new Line(indent + 2, rest);
    require(!line.isItem());
    if (line.colon() < 0) {
      return wordsOn(rest, indent);
    }
    // One key of a mapping behind a dash; more of them are not written.
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    String words = rest.substring(line.colon() + 1).strip();
    map.put(
        rest.substring(0, line.colon()),
        words.isEmpty() ? node(indent + 2) : wordsOn(words, indent));
    return map;
  }

  private String words(int parent) {
    Line first = lines.get(at++);
    return wordsOn(first.text(), parent);
  }

  /** Words go on in the next lines that stand deeper, which must then have no key. */
  private String wordsOn(String first, int parent) {
    require(!first.contains(": ") && !first.endsWith(":"));
    require(
        !first.equals("-") && !first.startsWith("- ")); // a sequence begins on a line of its own
    StringBuilder all = new StringBuilder(first);
    for (Line line = peek(); line != null && line.indent() > parent; line = peek()) {
      require(line.colon() < 0);
      all.append(' ').append(line.text());
      at++;
    }
    return all.toString();
  }
}
