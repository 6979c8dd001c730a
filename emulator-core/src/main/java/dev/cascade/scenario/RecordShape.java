package dev.cascade.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a record is written in a file: the one place where reader and schema learn which keys there
 * are, which may be left out, and what they then mean.
 *
 * <p>A key may be left out if its component is {@code @Nullable}, has a {@code
 * JsonProperty.defaultValue} (written as in the file), or is a list or map, which is then empty.
 */
record RecordShape(Class<?> type, List<RecordKey> keys) {
  /**
   * One key.
   *
   * @param name as in the file
   * @param type of its value
   * @param nullable whether its absence is null
   * @param defaultText what its absence means, as YAML, or null
   * @param description for the schema, or null
   */
  record RecordKey(
      String name,
      JavaType type,
      boolean nullable,
      @Nullable String defaultText,
      @Nullable String description) {
    boolean required() {
      return !nullable && defaultText == null && !type.isContainerType();
    }

    /** What the absence of the key means. */
    Tree defaultTree() {
      Problems problems = new Problems();
      String text = String.valueOf(defaultText);
      Tree tree = YamlParser.parse(new ScenarioSource("the default of " + name, text), problems);
      if (tree == null) {
        throw new IllegalStateException(problems.all().toString());
      }
      return tree;
    }
  }

  /** The shape of a record class. */
  static RecordShape of(Class<?> type) {
    List<RecordKey> keys = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      JsonProperty property = annotation(type, component, JsonProperty.class);
      JsonPropertyDescription description =
          annotation(type, component, JsonPropertyDescription.class);
      String name = component.getName();
      String defaultText = null;
      if (property != null) {
        name = property.value().isEmpty() ? name : property.value();
        defaultText = property.defaultValue().isEmpty() ? null : property.defaultValue();
      }
      keys.add(
          new RecordKey(
              name,
              TypeFactory.defaultInstance().constructType(component.getGenericType()),
              component.getAnnotatedType().isAnnotationPresent(Nullable.class),
              defaultText,
              description == null ? null : description.value()));
    }
    return new RecordShape(type, keys);
  }

  /** Jackson's annotations stand on the field that a component makes. */
  private static <A extends Annotation> @Nullable A annotation(
      Class<?> type, RecordComponent component, Class<A> annotation) {
    try {
      return type.getDeclaredField(component.getName()).getAnnotation(annotation);
    } catch (NoSuchFieldException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  List<String> names() {
    return keys.stream().map(RecordKey::name).toList();
  }

  Constructor<?> constructor() {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The static method that makes a value of one text, if the type has one. */
  static Optional<Method> textCreator(Class<?> type) {
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isStatic(method.getModifiers())
          && method.isAnnotationPresent(JsonCreator.class)
          && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class})) {
        method.setAccessible(true);
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }

  /** Whether a record is written as a mapping: not if one text alone makes it. */
  static boolean isMapping(Class<?> type) {
    return type.isRecord()
        && (textCreator(type).isEmpty()
            || RecordShape.of(type).constructor().isAnnotationPresent(JsonCreator.class));
  }

  /**
   * The constants of an enum by the words that files use: {@code LEAST_REQUEST} is least-request.
   */
  static Map<String, Object> words(Class<?> type) {
    Map<String, Object> words = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      words.put(word((Enum<?>) constant), constant);
    }
    return words;
  }

  /** The word that files use for a constant. */
  static String word(Enum<?> constant) {
    try {
      JsonProperty property =
          constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
      if (property != null && !property.value().isEmpty()) {
        return property.value();
      }
    } catch (NoSuchFieldException impossible) {
      throw new IllegalStateException(impossible);
    }
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
