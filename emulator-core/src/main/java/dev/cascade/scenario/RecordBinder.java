package dev.cascade.scenario;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.cascade.node.Suggestion;
import dev.cascade.random.DurationText;
import dev.cascade.scenario.RecordShape.RecordKey;
import dev.cascade.scenario.Tree.Kind;
import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Scalar;
import dev.cascade.scenario.Tree.Sequence;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads trees into records. Unlike Jackson, whose annotations it follows, it goes on after an error
 * and knows where each value stands; relations are the records' own business, and what their
 * constructors say is reported at the key that they name.
 */
final class RecordBinder {
  private static final Pattern ISO_DURATION =
      Pattern.compile("\\bPT(?=[0-9])([0-9]{1,9}H)?([0-9]{1,9}M)?([0-9]{1,9}(\\.[0-9]{1,9})?S)?");
  private static final Pattern KEY_WITH_VALUE = Pattern.compile("\\b([A-Za-z0-9]+) \\(");
  private static final Pattern WORD = Pattern.compile("\\b([A-Za-z0-9]+)\\b");

  /** What a value that could not be read becomes, until its record is given up too. */
  private static final Object FAILED = new Object();

  private final Problems problems;

  RecordBinder(Problems problems) {
    this.problems = problems;
  }

  /** Reads a mapping into a record; empty if there were problems. */
  <T> Optional<T> bind(Tree tree, Class<T> type) {
    return cast(type, value(tree, type(type)));
  }

  /** Reads those keys of a mapping that others have not taken into a record. */
  <T> Optional<T> bindRest(Mapping mapping, Class<T> type, Collection<String> taken) {
    return cast(type, record(mapping.without(taken), type, taken));
  }

  /** What a constructor makes, or says against it. */
  <T> Optional<T> make(Tree tree, Supplier<T> constructor) {
    try {
      return Optional.of(constructor.get());
    } catch (IllegalArgumentException broken) {
      String message = inWordsOfFiles(broken);
      problems.error(keyNamedIn(message, tree), message);
      return Optional.empty();
    }
  }

  /** A constructor's message, its durations written as in files rather than as Java does. */
  private static String inWordsOfFiles(IllegalArgumentException broken) {
    return ISO_DURATION
        .matcher(String.valueOf(broken.getMessage()))
        .replaceAll(iso -> DurationText.format(Duration.parse(iso.group())));
  }

  private static <T> Optional<T> cast(Class<T> type, @Nullable Object bound) {
    return bound == FAILED ? Optional.empty() : Optional.ofNullable(type.cast(bound));
  }

  private static JavaType type(Class<?> type) {
    return TypeFactory.defaultInstance().constructType(type);
  }

  private @Nullable Object value(Tree tree, JavaType type) {
    Class<?> raw = type.getRawClass();
    if (raw == Tree.class) {
      return tree;
    }
    if (tree instanceof Scalar scalar && scalar.isBroken()) {
      return FAILED;
    }
    if (tree instanceof Scalar scalar && scalar.isNull()) {
      return fail(tree, "There is no value here; " + expected(type) + " is due.");
    }
    if (type.isCollectionLikeType()) {
      return list(tree, type);
    }
    if (type.isMapLikeType()) {
      return map(tree, type);
    }
    Optional<Variants> variants = Variants.of(raw);
    if (variants.isPresent()) {
      return variant(tree, variants.get());
    }
    if (tree instanceof Mapping mapping && RecordShape.isMapping(raw)) {
      return record(mapping, raw, List.of());
    }
    return tree instanceof Scalar scalar ? scalar(scalar, raw) : wrongKind(tree, type);
  }

  private Object list(Tree tree, JavaType type) {
    if (!(tree instanceof Sequence sequence)) {
      return wrongKind(tree, type);
    }
    List<Object> values = new ArrayList<>();
    boolean failed = false;
    for (Tree item : sequence.items()) {
      Object value = value(item, type.getContentType());
      failed |= value == FAILED;
      values.add(value);
    }
    return failed ? FAILED : List.copyOf(values);
  }

  private Object map(Tree tree, JavaType type) {
    if (!(tree instanceof Mapping mapping)) {
      return wrongKind(tree, type);
    }
    Map<Object, Object> values = new LinkedHashMap<>();
    boolean failed = false;
    for (Map.Entry<String, Mapping.Entry> entry : mapping.entries().entrySet()) {
      Scalar keyText = Scalar.of(entry.getValue().key(), entry.getKey(), Kind.TEXT);
      Object key = value(keyText, type.getKeyType());
      Object value = value(entry.getValue().value(), type.getContentType());
      failed |= key == FAILED || value == FAILED;
      values.put(key, value);
    }
    return failed ? FAILED : Collections.unmodifiableMap(values);
  }

  private @Nullable Object variant(Tree tree, Variants variants) {
    if (tree instanceof Scalar scalar && variants.plain() != null) {
      RecordShape shape = RecordShape.of(variants.plain());
      Object only = value(scalar, shape.keys().get(0).type());
      return only == FAILED ? FAILED : make(tree, shape.creator(), only);
    }
    if (!(tree instanceof Mapping mapping)) {
      return fail(tree, "This is " + tree.kind() + ", but a mapping is due.");
    }
    String name = mapping.text(variants.key());
    if (name == null) {
      return fail(
          tree,
          "The key ("
              + variants.key()
              + ") is missing."
              + Suggestion.maybe("", variants.types().keySet()));
    }
    Class<?> chosen = variants.types().get(name);
    if (chosen == null) {
      problems.error(
          mapping.valueLocation(variants.key()),
          "The "
              + variants.key()
              + " ("
              + name
              + ") is unknown."
              + Suggestion.maybe(name, variants.types().keySet()));
      return FAILED;
    }
    return record(mapping.without(List.of(variants.key())), chosen, List.of(variants.key()));
  }

  private Object record(Mapping mapping, Class<?> type, Collection<String> alsoKnown) {
    RecordShape shape = RecordShape.of(type);
    Set<String> misspelt = new TreeSet<>();
    boolean failed = !checkKeys(mapping, shape, alsoKnown, misspelt);
    List<@Nullable Object> arguments = new ArrayList<>();
    for (RecordKey key : shape.keys()) {
      boolean told = misspelt.contains(key.name()) && key.required();
      Object argument = told ? FAILED : component(mapping, key);
      failed |= argument == FAILED;
      arguments.add(argument);
    }
    return failed ? FAILED : make(mapping, shape.creator(), arguments.toArray());
  }

  /** Whether all keys are known; tells those that are not, and which missing ones they may be. */
  private boolean checkKeys(
      Mapping mapping, RecordShape shape, Collection<String> alsoKnown, Set<String> misspelt) {
    List<String> known = new ArrayList<>(shape.names());
    known.addAll(alsoKnown);
    List<String> free = new ArrayList<>(known);
    free.removeAll(mapping.entries().keySet());
    boolean allKnown = true;
    for (Map.Entry<String, Mapping.Entry> entry : mapping.entries().entrySet()) {
      String key = entry.getKey();
      if (!shape.names().contains(key)) {
        allKnown = false;
        if (problems.isFull()) {
          break;
        }
        boolean isNear = Suggestion.nearest(key, known).isPresent();
        Suggestion.nearest(key, free).ifPresent(misspelt::add);
        problems.error(
            entry.getValue().key(),
            "The key (%s) is unknown.%s"
                .formatted(key, Suggestion.maybe(key, isNear ? known : free)));
      }
    }
    return allKnown;
  }

  private @Nullable Object component(Mapping mapping, RecordKey key) {
    Tree tree = mapping.get(key.name());
    boolean absent = tree == null || (tree instanceof Scalar scalar && scalar.isNull());
    if (tree != null && !absent) {
      return value(tree, key.type());
    }
    if (key.nullable()) {
      return null;
    }
    if (key.defaultText() != null) {
      return value(key.defaultTree(), key.type());
    }
    if (key.type().isCollectionLikeType()) {
      return List.of();
    }
    if (key.type().isMapLikeType()) {
      return new LinkedHashMap<>();
    }
    problems.error(
        tree == null ? mapping.location() : tree.location(),
        "The key (" + key.name() + ") is missing; " + expected(key.type()) + " is due.");
    return FAILED;
  }

  private Object scalar(Scalar scalar, Class<?> type) {
    try {
      Optional<Object> value = Scalars.read(scalar, type);
      return value.isPresent() ? value.get() : wrongKind(scalar, type(type));
    } catch (IllegalArgumentException unreadable) {
      return fail(scalar, String.valueOf(unreadable.getMessage()));
    }
  }

  private Object make(Tree tree, Executable creator, @Nullable Object... arguments) {
    try {
      return creator instanceof Method factory
          ? factory.invoke(null, arguments)
          : ((Constructor<?>) creator).newInstance(arguments);
    } catch (InvocationTargetException thrown) {
      // Numbers beyond what a constructor reckons with overflow in it; anything else is a bug
      // there.
      String message =
          thrown.getCause() instanceof IllegalArgumentException broken
              ? inWordsOfFiles(broken)
              : "These values cannot be used together (" + thrown.getCause() + ").";
      problems.error(keyNamedIn(message, tree), message);
      return FAILED;
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** "The timeout (1s) must be shorter than the interval (1s)." stands at the timeout. */
  private static Location keyNamedIn(String message, Tree tree) {
    if (tree instanceof Mapping mapping) {
      for (Pattern mention : List.of(KEY_WITH_VALUE, WORD)) {
        Matcher named = mention.matcher(message);
        while (named.find()) {
          // "name" is a word in too many sentences to mean the key of that name.
          boolean isKey = mention == KEY_WITH_VALUE || !named.group(1).equals("name");
          if (isKey && mapping.get(named.group(1)) != null) {
            return mapping.valueLocation(named.group(1));
          }
        }
      }
    }
    return tree.location();
  }

  private Object wrongKind(Tree tree, JavaType type) {
    String what =
        tree instanceof Scalar scalar
            ? "The value (" + scalar.shown() + ") is " + scalar.kind()
            : "This is " + tree.kind();
    return fail(tree, what + ", but " + expected(type) + " is due." + hint(tree, type));
  }

  private static String hint(Tree tree, JavaType type) {
    String text = tree instanceof Scalar scalar ? scalar.text() : "";
    if (type.getRawClass() == boolean.class || type.getRawClass() == Boolean.class) {
      return switch (text) {
        case "yes", "on" -> " Maybe true?";
        case "no", "off" -> " Maybe false?";
        default -> "";
      };
    }
    if (tree instanceof Scalar scalar && RecordShape.isMapping(type.getRawClass())) {
      return only(scalar, RecordShape.of(type.getRawClass()))
          .map(key -> " Maybe {%s: %s}?".formatted(key.name(), scalar.shown()))
          .orElse("");
    }
    boolean number = type.getRawClass() == double.class || type.getRawClass() == Double.class;
    return number && text.matches("[0-9.]+%")
        ? " Maybe " + text.substring(0, text.length() - 1) + "?"
        : "";
  }

  /**
   * The key that a value alone can be meant for: the one that must be there, or the one it fits.
   */
  private static Optional<RecordKey> only(Scalar scalar, RecordShape shape) {
    List<RecordKey> required = shape.keys().stream().filter(RecordKey::required).toList();
    List<RecordKey> fitting =
        (required.isEmpty() ? shape.keys() : required)
            .stream().filter(key -> fits(scalar, key.type().getRawClass())).toList();
    return required.size() < 2 && fitting.size() == 1
        ? Optional.of(fitting.get(0))
        : Optional.empty();
  }

  private static boolean fits(Scalar scalar, Class<?> type) {
    try {
      return Scalars.read(scalar, type).isPresent();
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  private Object fail(Tree tree, String message) {
    problems.error(tree.location(), message);
    return FAILED;
  }

  /** What a type looks like in a file, for messages. */
  private static String expected(JavaType type) {
    Class<?> raw = type.getRawClass();
    if (type.isCollectionLikeType()) {
      return "a list";
    }
    Optional<Variants> variants = Variants.of(raw);
    if (variants.isPresent() && variants.get().plain() != null) {
      return expected(RecordShape.of(variants.get().plain()).keys().get(0).type())
          + " or a mapping";
    }
    if (type.isMapLikeType() || variants.isPresent() || RecordShape.isMapping(raw)) {
      return "a mapping";
    }
    return Scalars.expected(raw);
  }
}
