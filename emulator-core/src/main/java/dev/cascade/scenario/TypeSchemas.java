package dev.cascade.scenario;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.cascade.scenario.RecordShape.RecordKey;
import dev.cascade.scenario.Tree.Mapping;
import dev.cascade.scenario.Tree.Scalar;
import dev.cascade.scenario.Tree.Sequence;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * JSON Schemas of types, by the same {@link RecordShape} that the reader goes by; records become
 * definitions that others refer to. Wherever something else than a text is due, a {@code $(name)}
 * will do as well.
 */
final class TypeSchemas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String REFERENCE = "reference";

  private final Map<String, ObjectNode> definitions = new TreeMap<>();
  private final Map<String, Class<?>> definedBy = new TreeMap<>();

  TypeSchemas() {
    ObjectNode reference = JSON.objectNode().put("type", "string");
    reference.put("pattern", "\\$\\([^()\\s]+\\)");
    reference.put("description", "A value of the configuration.");
    definitions.put(REFERENCE, reference);
  }

  /** All records that schemas so far refer to, by their names. */
  ObjectNode definitions() {
    ObjectNode all = JSON.objectNode();
    definitions.forEach(all::set);
    return all;
  }

  /** The schema of a class. */
  ObjectNode of(Class<?> type) {
    return of(TypeFactory.defaultInstance().constructType(type));
  }

  private ObjectNode of(JavaType type) {
    Class<?> raw = type.getRawClass();
    if (raw == Tree.class || raw == Object.class) {
      return JSON.objectNode();
    }
    if (type.isCollectionLikeType()) {
      ObjectNode list = JSON.objectNode().put("type", "array");
      return list.set("items", orReference(of(type.getContentType())));
    }
    if (type.isMapLikeType()) {
      ObjectNode map = JSON.objectNode().put("type", "object");
      return map.set("additionalProperties", orReference(of(type.getContentType())));
    }
    Optional<Variants> variants = Variants.of(raw);
    if (variants.isPresent()) {
      return define(raw, () -> variants(variants.get()));
    }
    if (!RecordShape.isMapping(raw)) {
      return scalar(raw);
    }
    ObjectNode mapping = define(raw, () -> object(RecordShape.of(raw)));
    return RecordShape.textCreator(raw).isPresent() ? anyOf(scalar(raw), mapping) : mapping;
  }

  private ObjectNode variants(Variants variants) {
    ArrayNode any = JSON.arrayNode();
    if (variants.plain() != null) {
      any.add(of(RecordShape.of(variants.plain()).keys().get(0).type()));
    }
    variants
        .types()
        .forEach(
            (name, type) -> {
              ObjectNode variant = object(RecordShape.of(type));
              ((ObjectNode) variant.get("properties"))
                  .set(variants.key(), JSON.objectNode().put("const", name));
              variant.withArray("required").add(variants.key());
              any.add(variant);
            });
    return JSON.objectNode().set("anyOf", any);
  }

  /** A record's keys, written out where they stand. */
  ObjectNode object(RecordShape shape) {
    ObjectNode object = JSON.objectNode().put("type", "object");
    JsonClassDescription description = shape.type().getAnnotation(JsonClassDescription.class);
    if (description != null) {
      object.put("description", description.value());
    }
    ObjectNode properties = object.putObject("properties");
    ArrayNode required = JSON.arrayNode();
    for (RecordKey key : shape.keys()) {
      properties.set(key.name(), property(key));
      if (key.required()) {
        required.add(key.name());
      }
    }
    if (!required.isEmpty()) {
      object.set("required", required);
    }
    return object.put("additionalProperties", false);
  }

  private ObjectNode property(RecordKey key) {
    ObjectNode property = orReference(of(key.type())).deepCopy();
    if (key.description() != null) {
      property.put("description", key.description());
    }
    if (key.defaultText() != null) {
      property.set("default", json(key.defaultTree()));
    }
    if (key.guess() != null) {
      property.put("x-guess", key.guess());
    }
    return property;
  }

  private ObjectNode define(Class<?> type, Supplier<ObjectNode> schema) {
    String name = type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    if (definedBy.getOrDefault(name, type) != type) {
      name = type.getName().replace('$', '.'); // two models may both have a Config.Queue
    }
    definedBy.put(name, type);
    return define(name, schema);
  }

  /** A reference to a definition, which is made if it is not there yet. */
  ObjectNode define(String name, Supplier<ObjectNode> schema) {
    if (!definitions.containsKey(name)) {
      definitions.put(name, JSON.objectNode()); // stands for itself where types are recursive
      definitions.put(name, schema.get());
    }
    return JSON.objectNode().put("$ref", "#/$defs/" + name);
  }

  private static ObjectNode reference(String name) {
    return JSON.objectNode().put("$ref", "#/$defs/" + name);
  }

  private static ObjectNode scalar(Class<?> type) {
    ObjectNode schema = JSON.objectNode();
    if (type == boolean.class || type == Boolean.class) {
      return schema.put("type", "boolean");
    } else if (Scalars.isWhole(type)) {
      return schema.put("type", "integer");
    } else if (type == double.class || type == Double.class) {
      return schema.put("type", "number");
    } else if (type.isEnum()) {
      return schema.set("enum", texts(RecordShape.words(type).keySet()));
    }
    schema.set("type", texts(List.of("string", "number", "boolean")));
    Scalars.pattern(type)
        .ifPresent(
            pattern -> {
              schema.put("pattern", "^(" + pattern + "|\\$\\([^()\\s]+\\))$");
              schema.put("description", Scalars.expected(type));
            });
    return schema;
  }

  /** The schema, or a reference to the configuration where a text could not be one. */
  private static ObjectNode orReference(ObjectNode schema) {
    boolean textual = schema.path("type").isArray() || schema.isEmpty();
    return textual ? schema : anyOf(schema, reference(REFERENCE));
  }

  private static ObjectNode anyOf(ObjectNode... schemas) {
    ArrayNode any = JSON.arrayNode();
    for (ObjectNode schema : schemas) {
      any.add(schema);
    }
    return JSON.objectNode().set("anyOf", any);
  }

  static ArrayNode texts(Collection<String> texts) {
    ArrayNode array = JSON.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static JsonNode json(Tree tree) {
    if (tree instanceof Mapping mapping) {
      ObjectNode object = JSON.objectNode();
      mapping.entries().forEach((key, entry) -> object.set(key, json(entry.value())));
      return object;
    }
    if (tree instanceof Sequence sequence) {
      ArrayNode array = JSON.arrayNode();
      sequence.items().forEach(item -> array.add(json(item)));
      return array;
    }
    Scalar scalar = (Scalar) tree;
    return switch (scalar.scalarKind()) {
      case BOOLEAN -> JSON.booleanNode(Boolean.parseBoolean(scalar.text()));
      case INTEGER, DECIMAL -> JSON.numberNode(new BigDecimal(scalar.text()));
      case NULL, BROKEN, TEXT -> JSON.textNode(scalar.text());
    };
  }
}
