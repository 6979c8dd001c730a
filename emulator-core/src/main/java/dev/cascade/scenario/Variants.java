package dev.cascade.scenario;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The choice that a sealed type offers in a file.
 *
 * @param key the key that names the variant, {@code distribution}
 * @param types each variant's record by its name
 * @param plain the variant that a value without that key is, if there is one
 */
record Variants(String key, Map<String, Class<?>> types, @Nullable Class<?> plain) {
  /** The variants of a type that Jackson's annotations declare. */
  static Optional<Variants> of(Class<?> type) {
    JsonTypeInfo info = type.getAnnotation(JsonTypeInfo.class);
    JsonSubTypes subTypes = type.getAnnotation(JsonSubTypes.class);
    if (type.isRecord() || info == null || subTypes == null) {
      return Optional.empty();
    }
    Map<String, Class<?>> types = new LinkedHashMap<>();
    for (JsonSubTypes.Type subType : subTypes.value()) {
      types.put(subType.name(), subType.value());
    }
    Class<?> plain = info.defaultImpl() == JsonTypeInfo.class ? null : info.defaultImpl();
    return Optional.of(new Variants(info.property(), types, plain));
  }

  /** The name of one of the types. */
  String nameOf(Class<?> type) {
    return types.entrySet().stream()
        .filter(entry -> entry.getValue() == type)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(type + " is none of " + types.values()));
  }
}
