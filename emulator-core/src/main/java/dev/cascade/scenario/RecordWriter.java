package dev.cascade.scenario;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.cascade.random.DurationText;
import dev.cascade.scenario.RecordShape.RecordKey;
import dev.cascade.scenario.Tree.Kind;
import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Scalar;
import dev.cascade.scenario.Tree.Sequence;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes records as the trees that {@link RecordBinder} reads back. */
final class RecordWriter {
  private static final Location NOWHERE = Location.of("Java");

  private RecordWriter() {}

  /** A value as a tree; every default is spelt out, and what is null is left out. */
  static Tree write(Object value) {
    if (value instanceof Collection<?> list) {
      return new Sequence(NOWHERE, list.stream().map(RecordWriter::write).toList());
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> texts = new LinkedHashMap<>();
      map.forEach((key, item) -> texts.put(text(key), item));
      return mapping(texts);
    }
    if (value instanceof Record mapping && RecordShape.isMapping(value.getClass())) {
      return record(mapping);
    }
    Optional<Method> written =
        Arrays.stream(value.getClass().getMethods())
            .filter(method -> method.isAnnotationPresent(JsonValue.class))
            .findFirst();
    return written.isPresent() && !(value instanceof Enum<?>)
        ? writeAs(written.get(), value)
        : scalar(value);
  }

  private static Tree writeAs(Method written, Object value) {
    try {
      Object plain = written.invoke(value);
      return plain instanceof String ? scalar(plain) : write(plain);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A mapping of these keys, without those whose value is null. */
  static Mapping mapping(Map<String, ? extends @Nullable Object> values) {
    Map<String, Mapping.Entry> entries = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (value != null) {
            entries.put(
                key, new Mapping.Entry(NOWHERE, value instanceof Tree tree ? tree : write(value)));
          }
        });
    return new Mapping(NOWHERE, entries);
  }

  /** The keys of a record, that of its variant first. */
  static Mapping record(Record value) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    putVariant(value.getClass(), value.getClass(), values);
    List<RecordKey> keys = RecordShape.of(value.getClass()).keys();
    RecordComponent[] components = value.getClass().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      values.put(keys.get(i).name(), component(value, components[i]));
    }
    return mapping(values);
  }

  /** Finds the interface, however far up, that offers this type as one of its variants. */
  private static void putVariant(
      Class<?> type, Class<?> variant, Map<String, @Nullable Object> values) {
    for (Class<?> parent : type.getInterfaces()) {
      Variants.of(parent)
          .ifPresent(variants -> values.put(variants.key(), variants.nameOf(variant)));
      putVariant(parent, variant, values);
    }
  }

  private static @Nullable Object component(Record value, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Scalar scalar(Object value) {
    Kind kind = Kind.TEXT;
    if (value instanceof Boolean) {
      kind = Kind.BOOLEAN;
    } else if (value instanceof Double || value instanceof Float) {
      kind = Kind.DECIMAL;
    } else if (value instanceof Number) {
      kind = Kind.INTEGER;
    }
    return Scalar.of(NOWHERE, text(value), kind);
  }

  private static String text(Object value) {
    if (value instanceof Duration duration) {
      return DurationText.format(duration);
    }
    return value instanceof Enum<?> word ? RecordShape.word(word) : value.toString();
  }

  /** A list of trees. */
  static Sequence list(List<? extends Tree> items) {
    return new Sequence(NOWHERE, new ArrayList<>(items));
  }
}
