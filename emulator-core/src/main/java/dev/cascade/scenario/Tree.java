package dev.cascade.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A YAML document as a tree of immutable nodes that know where they were written. Scalars keep
 * their text: what it means is decided by the type that it is read into.
 */
sealed interface Tree {
  /** Where the node begins. */
  Location location();

  /** What the node is, for messages: {@code a list}, {@code a text}. */
  String kind();

  /** What a plain scalar looks like, following YAML 1.2's core schema: {@code yes} is a text. */
  enum Kind {
    NULL("nothing"),
    BOOLEAN("true or false"),
    INTEGER("a number"),
    DECIMAL("a number"),
    TEXT("a text"),
    /** What it should be could not be found out; that has been told already. */
    BROKEN("nothing");

    final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** How a scalar was typed, which tells where in the file each of its characters stands. */
  enum Quotes {
    NONE(""),
    SINGLE("'"),
    DOUBLE("\"\\"),
    /** Over several lines, with escapes, or not in a file: only its beginning is known. */
    UNTRACEABLE("");

    private final String doubled;

    Quotes(String doubled) {
      this.doubled = doubled;
    }

    /** Characters that were typed for one character of the text. */
    int typedLength(char character) {
      return doubled.indexOf(character) >= 0 ? 2 : 1;
    }
  }

  /**
   * One value.
   *
   * @param text without quotes
   * @param scalarKind what it looks like; always a text if it was quoted
   * @param quotes how it was typed
   */
  record Scalar(Location location, String text, Kind scalarKind, Quotes quotes) implements Tree {
    private static final int LONGEST_IN_MESSAGES = 60;

    @Override
    public String kind() {
      return scalarKind.words;
    }

    boolean isBroken() {
      return scalarKind == Kind.BROKEN;
    }

    boolean isNull() {
      return scalarKind == Kind.NULL;
    }

    /** Where a character of the text stands. */
    Location location(int index) {
      if (quotes == Quotes.UNTRACEABLE) {
        return location;
      }
      int typed = quotes == Quotes.NONE ? 0 : 1;
      for (char character : text.substring(0, Math.min(index, text.length())).toCharArray()) {
        typed += quotes.typedLength(character);
      }
      return location.plus(typed);
    }

    /** The text, cut where it is too long for a message. */
    String shown() {
      return text.length() <= LONGEST_IN_MESSAGES
          ? text
          : text.substring(0, LONGEST_IN_MESSAGES) + "...";
    }

    /** A scalar that comes from elsewhere than a file. */
    static Scalar of(Location location, String text, Kind kind) {
      return new Scalar(location, text, kind, Quotes.UNTRACEABLE);
    }
  }

  /** Keys and values in the order of the file. */
  record Mapping(Location location, Map<String, Entry> entries) implements Tree {
    /** A value, and where its key stands. */
    record Entry(Location key, Tree value) {}

    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String kind() {
      return "a mapping";
    }

    @Nullable Tree get(String key) {
      Entry entry = entries.get(key);
      return entry == null ? null : entry.value();
    }

    /** The text of a key's value, if it is a scalar. */
    @Nullable String text(String key) {
      return get(key) instanceof Scalar scalar && !scalar.isNull() && !scalar.isBroken()
          ? scalar.text()
          : null;
    }

    /** Where a key stands, or the mapping if it is not there. */
    Location keyLocation(String key) {
      Entry entry = entries.get(key);
      return entry == null ? location : entry.key();
    }

    /** Where a key's value stands, or the mapping if it is not there. */
    Location valueLocation(String key) {
      Entry entry = entries.get(key);
      return entry == null ? location : entry.value().location();
    }

    Mapping with(String key, Location keyLocation, Tree value) {
      Map<String, Entry> changed = new LinkedHashMap<>(entries);
      changed.put(key, new Entry(keyLocation, value));
      return new Mapping(location, changed);
    }

    Mapping only(Collection<String> keys) {
      Map<String, Entry> changed = new LinkedHashMap<>(entries);
      changed.keySet().retainAll(keys);
      return new Mapping(location, changed);
    }

    Mapping without(Collection<String> keys) {
      Map<String, Entry> changed = new LinkedHashMap<>(entries);
      changed.keySet().removeAll(keys);
      return new Mapping(location, changed);
    }
  }

  /** A mapping without keys. */
  static Mapping emptyMapping(Location location) {
    return new Mapping(location, new LinkedHashMap<>());
  }

  /** A list. */
  record Sequence(Location location, List<Tree> items) implements Tree {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }

    Sequence with(int index, Tree item) {
      List<Tree> changed = new ArrayList<>(items);
      changed.set(index, item);
      return new Sequence(location, changed);
    }

    /** The place of the item with this {@code name}, or -1. */
    int indexOf(String name) {
      for (int i = 0; i < items.size(); i++) {
        if (items.get(i) instanceof Mapping mapping && name.equals(mapping.text("name"))) {
          return i;
        }
      }
      return -1;
    }

    /** The names of the items that have one. */
    List<String> names() {
      List<String> names = new ArrayList<>();
      for (Tree item : items) {
        String name = item instanceof Mapping mapping ? mapping.text("name") : null;
        if (name != null) {
          names.add(name);
        }
      }
      return names;
    }
  }
}
