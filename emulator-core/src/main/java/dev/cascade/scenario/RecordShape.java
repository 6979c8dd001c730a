package dev.cascade.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.cascade.node.Guess;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
   * @param guess what the default was guessed from, or null if it was not
   */
  record RecordKey(
      String name,
      JavaType type,
      boolean nullable,
      @Nullable String defaultText,
      @Nullable String description,
      @Nullable String guess) {
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

  /** The shape of a record class, or of one with a creator of several properties. */
  static RecordShape of(Class<?> type) {
    List<RecordKey> keys = new ArrayList<>();
    Optional<Method> creator = propertiesCreator(type);
    if (creator.isPresent()) {
      for (Parameter parameter : creator.get().getParameters()) {
        keys.add(
            key(
                parameter.getName(),
                parameter.getParameterizedType(),
                parameter.getAnnotatedType(),
                parameter));
      }
      return new RecordShape(type, keys);
    }
    for (RecordComponent component : type.getRecordComponents()) {
      try {
        keys.add(
            key(
                component.getName(),
                component.getGenericType(),
                component.getAnnotatedType(),
                // Jackson's annotations stand on the field that a component makes.
                type.getDeclaredField(component.getName())));
      } catch (NoSuchFieldException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    return new RecordShape(type, keys);
  }

  private static RecordKey key(
      String name, Type type, AnnotatedType annotatedType, AnnotatedElement annotations) {
    JsonProperty property = annotations.getAnnotation(JsonProperty.class);
    JsonPropertyDescription description = annotations.getAnnotation(JsonPropertyDescription.class);
    Guess guess = annotations.getAnnotation(Guess.class);
    String given = property == null ? "" : property.value();
    String defaultText = property == null ? "" : property.defaultValue();
    return new RecordKey(
        given.isEmpty() ? name : given,
        TypeFactory.defaultInstance().constructType(type),
        annotatedType.isAnnotationPresent(Nullable.class),
        defaultText.isEmpty() ? null : defaultText,
        description == null ? null : description.value(),
        guess == null ? null : guess.value());
  }

  List<String> names() {
    return keys.stream().map(RecordKey::name).toList();
  }

  /** What makes a value of all keys' values, in their order. */
  Executable creator() {
    Optional<Method> method = propertiesCreator(type);
    if (method.isPresent()) {
      return method.get();
    }
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

  private static Optional<Method> propertiesCreator(Class<?> type) {
    return creators(type)
        .filter(
            method -> method.getAnnotation(JsonCreator.class).mode() == JsonCreator.Mode.PROPERTIES)
        .findFirst();
  }

  /** The static method that makes a value of one text, if the type has one. */
  static Optional<Method> textCreator(Class<?> type) {
    return creators(type)
        .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}))
        .findFirst();
  }

  private static Stream<Method> creators(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.isAnnotationPresent(JsonCreator.class))
        .peek(method -> method.setAccessible(true));
  }

  /** Whether a type is written as a mapping: not a record that one text alone makes. */
  static boolean isMapping(Class<?> type) {
    if (!type.isRecord()) {
      return propertiesCreator(type).isPresent();
    }
    return textCreator(type).isEmpty() || of(type).creator().isAnnotationPresent(JsonCreator.class);
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
