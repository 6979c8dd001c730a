package dev.cascade.metrics;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses series, in Prometheus's syntax: {@code name{a="x",b!="y",c=~"re",d!~"re"}}. Regular
 * expressions are RE2's and must match the whole value; a label that a series lacks is empty.
 */
public final class Selector {
  /** How a label's value is compared. */
  public enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    LIKE("=~"),
    NOT_LIKE("!~");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }
  }

  /**
   * One condition on a label.
   *
   * @param label the label's key
   * @param operator how it is compared
   * @param value with what
   * @param labelOffset where the key stands in the selector's text, from 0
   */
  public record Matcher(String label, Operator operator, String value, int labelOffset) {}

  private final String text;
  private final String name;
  private final List<Matcher> matchers;
  private final List<@Nullable Pattern> patterns;

  private Selector(
      String text, String name, List<Matcher> matchers, List<@Nullable Pattern> patterns) {
    this.text = text;
    this.name = name;
    this.matchers = List.copyOf(matchers);
    this.patterns = patterns;
  }

  /**
   * Reads a selector.
   *
   * @throws SelectorException if it is none
   */
  public static Selector parse(String text) {
    return new Parser(text).selector();
  }

  /** The metric's name. */
  public String name() {
    return name;
  }

  /** The conditions on labels. */
  public List<Matcher> matchers() {
    return matchers;
  }

  /** Whether it chooses the series of this key. */
  public boolean matches(SeriesKey key) {
    if (!name.equals(key.name())) {
      return false;
    }
    for (int i = 0; i < matchers.size(); i++) {
      String value = key.label(matchers.get(i).label());
      if (!matches(i, value == null ? "" : value)) {
        return false;
      }
    }
    return true;
  }

  private boolean matches(int place, String value) {
    Matcher matcher = matchers.get(place);
    Pattern pattern = patterns.get(place);
    boolean alike = pattern != null ? pattern.matches(value) : matcher.value().equals(value);
    boolean wanted = matcher.operator() == Operator.EQUAL || matcher.operator() == Operator.LIKE;
    return alike == wanted;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Selector that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text it was read from. */
  @Override
  public String toString() {
    return text;
  }

  /** Reads from left to right, one character ahead. */
  private static final class Parser {
    private final String text;
    private final List<Matcher> matchers = new ArrayList<>();
    private final List<@Nullable Pattern> patterns = new ArrayList<>();
    private int place;

    Parser(String text) {
      this.text = text;
    }

    Selector selector() {
      skipSpace();
      String name = word("a metric's name");
      skipSpace();
      if (take('{')) {
        skipSpace();
        while (!take('}')) {
          matcher();
          skipSpace();
          if (!take(',')) {
            expect('}');
            break;
          }
          skipSpace();
        }
      }
      skipSpace();
      if (place < text.length()) {
        throw error("it should end here. Maybe labels stand in braces: name{label=\"value\"}");
      }
      return new Selector(text, name, matchers, patterns);
    }

    private void matcher() {
      int start = place;
      String label = word("a label");
      skipSpace();
      Operator operator = operator();
      skipSpace();
      int valueStart = place;
      String value = quoted();
      matchers.add(new Matcher(label, operator, value, start));
      boolean regex = operator == Operator.LIKE || operator == Operator.NOT_LIKE;
      patterns.add(regex ? pattern(value, valueStart) : null);
    }

    private Pattern pattern(String regex, int start) {
      try {
        return Pattern.compile(regex);
      } catch (PatternSyntaxException invalid) {
        place = start;
        throw error("the regular expression is not RE2's: " + invalid.getMessage());
      }
    }

    private Operator operator() {
      for (Operator each :
          List.of(Operator.LIKE, Operator.NOT_LIKE, Operator.NOT_EQUAL, Operator.EQUAL)) {
        if (text.startsWith(each.sign, place)) {
          place += each.sign.length();
          return each;
        }
      }
      throw error("here should be one of = != =~ !~");
    }

    private String quoted() {
      char quote = place < text.length() ? text.charAt(place) : ' ';
      if (quote != '"' && quote != '\'') {
        throw error("here should be a value in quotes");
      }
      int start = place++;
      StringBuilder value = new StringBuilder();
      while (place < text.length() && text.charAt(place) != quote) {
        value.append(text.charAt(place) == '\\' ? escaped() : text.charAt(place++));
      }
      if (place == text.length()) {
        place = start;
        throw error("this quote is not closed");
      }
      place++;
      return value.toString();
    }

    private char escaped() {
      char after = place + 1 < text.length() ? text.charAt(place + 1) : ' ';
      char meant =
          switch (after) {
            case '\\', '"', '\'' -> after;
            case 'n' -> '\n';
            case 't' -> '\t';
            default ->
                throw error("a backslash stands before \\, a quote, n or t. Maybe write two");
          };
      place += 2;
      return meant;
    }

    private String word(String what) {
      int start = place;
      while (place < text.length() && isWord(text.charAt(place), place == start)) {
        place++;
      }
      if (place == start) {
        throw error("here should be " + what);
      }
      return text.substring(start, place);
    }

    private static boolean isWord(char c, boolean first) {
      return c == '_'
          || (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (!first && c >= '0' && c <= '9');
    }

    private void skipSpace() {
      while (place < text.length() && Character.isWhitespace(text.charAt(place))) {
        place++;
      }
    }

    private boolean take(char wanted) {
      if (place < text.length() && text.charAt(place) == wanted) {
        place++;
        return true;
      }
      return false;
    }

    private void expect(char wanted) {
      if (!take(wanted)) {
        throw error("here should be a comma or " + wanted);
      }
    }

    private SelectorException error(String what) {
      return new SelectorException(
          "In the selector (%s), at character %d, %s.".formatted(text, place + 1, what), place);
    }
  }
}
