package dev.cascade.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cascade.fault.Fault;
import dev.cascade.fault.Target;
import dev.cascade.node.Action;
import dev.cascade.node.Model;
import dev.cascade.property.Expectation;
import dev.cascade.property.PropertySpec;
import dev.cascade.property.SteadyState;
import dev.cascade.property.TimelineEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON Schema of scenario files, with the configurations and actions of models merged in: for
 * editors, which complete and explain keys with it. It is made of what the reader goes by.
 */
public final class ScenarioSchema {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final TypeSchemas types = new TypeSchemas();
  private final ModelCatalog catalog;

  private ScenarioSchema(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  /** The schema as JSON text, the same for the same models. */
  public static String of(ModelCatalog catalog) {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
    try {
      return new JsonMapper().writer(printer).writeValueAsString(new ScenarioSchema(catalog).root())
          + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private ObjectNode root() {
    ObjectNode root = JSON.objectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Cascade scenario");
    root.put("type", "object");
    ObjectNode properties = root.putObject("properties");
    properties.putObject("apiVersion").put("const", ScenarioReader.API_VERSION);
    properties.putObject("kind").put("const", ScenarioReader.KIND);
    properties.set("metadata", types.of(Metadata.class));
    properties.set("spec", spec());
    root.set("required", TypeSchemas.texts(ScenarioReader.ROOT_KEYS));
    root.put("additionalProperties", false);
    root.set("$defs", types.definitions());
    return root;
  }

  private ObjectNode spec() {
    ObjectNode spec = types.object(RecordShape.of(Timing.class));
    ObjectNode properties = (ObjectNode) spec.get("properties");
    for (Section section : Section.values()) {
      properties.set(section.key, section(section).put("description", section.description));
    }
    return spec;
  }

  private ObjectNode section(Section section) {
    return switch (section) {
      case CONFIGURATION -> mapOf(JSON.objectNode());
      case NETWORK -> types.of(NetworkSpec.class);
      case TOPOLOGY -> listOf(entry());
      case LINKS -> listOf(link());
      case LOAD -> listOf(load());
      case STEADY_STATE -> types.of(SteadyState.class);
      case METHOD, ROLLBACKS -> listOf(types.define("Step", this::step));
      case PROPERTIES -> listOf(types.of(PropertySpec.class));
      case THRESHOLDS -> mapOf(listOf(types.of(Forms.Threshold.class)));
      case TIMELINE -> listOf(types.of(TimelineEntry.class));
      case MEASUREMENTS -> mapOf(measurement());
      case MITIGATIONS -> listOf(types.of(Forms.Overlay.class));
      case EXPECT -> mapOf(mapOf(types.of(Expectation.class)));
    };
  }

  private ObjectNode measurement() {
    ObjectNode either = JSON.objectNode();
    ArrayNode forms = either.putArray("anyOf");
    forms.addObject().put("type", "string");
    forms.add(types.of(Forms.Measurement.class));
    return either;
  }

  private ObjectNode entry() {
    ObjectNode entry = types.object(RecordShape.of(Forms.Entry.class));
    ArrayNode cases = JSON.arrayNode();
    for (Model<?> model : catalog.models().values()) {
      ObjectNode then = JSON.objectNode();
      then.putObject("properties").set("config", types.of(model.configType()));
      cases.add(when("model", model.name(), then));
    }
    properties(entry).putObject("model").set("enum", TypeSchemas.texts(catalog.names()));
    return cases.isEmpty() ? entry : entry.set("allOf", cases);
  }

  private ObjectNode load() {
    ObjectNode load = types.object(RecordShape.of(Forms.Load.class));
    return catalog
        .find(TopologyReader.LOAD_MODEL)
        .map(model -> merged(load, types.object(RecordShape.of(model.configType()))))
        .orElseGet(() -> load.without("additionalProperties"));
  }

  private ObjectNode link() {
    ObjectNode link = types.object(RecordShape.of(Link.class));
    link.remove("required"); // what a rule does not say is the default link's
    return merged(types.object(RecordShape.of(Forms.Ends.class)), link);
  }

  private ObjectNode step() {
    Map<String, List<ObjectNode>> offers = new TreeMap<>();
    Variants.of(Fault.class)
        .orElseThrow()
        .types()
        .forEach((name, type) -> offer(offers, name, types.object(RecordShape.of(type))));
    for (Model<?> model : catalog.models().values()) {
      for (Action<?, ?> action : model.actions()) {
        ObjectNode parameters = types.object(RecordShape.of(action.parameters()));
        properties(parameters).set("target", types.of(Target.class));
        offer(offers, action.name(), parameters.put("description", action.summary()));
      }
    }
    ObjectNode step = JSON.objectNode().put("type", "object");
    step.putObject("properties")
        .putObject("action")
        .set("enum", TypeSchemas.texts(offers.keySet()));
    step.set("required", TypeSchemas.texts(List.of("name", "action")));
    ArrayNode cases = step.putArray("allOf");
    offers.forEach((name, choice) -> cases.add(when("action", name, anyOf(choice))));
    return step;
  }

  private void offer(Map<String, List<ObjectNode>> offers, String action, ObjectNode parameters) {
    ObjectNode step = merged(types.object(RecordShape.of(Forms.Step.class)), parameters);
    offers.computeIfAbsent(action, name -> new ArrayList<>()).add(step);
  }

  private static ObjectNode anyOf(List<ObjectNode> choice) {
    return choice.size() == 1
        ? choice.get(0)
        : JSON.objectNode().set("anyOf", JSON.arrayNode().addAll(choice));
  }

  /** The keys of both in one mapping. */
  private static ObjectNode merged(ObjectNode own, ObjectNode others) {
    properties(own).setAll(properties(others));
    others.path("required").forEach(own.withArray("required")::add);
    if (others.has("description")) {
      own.set("description", others.get("description"));
    }
    return own;
  }

  private static ObjectNode when(String key, String word, ObjectNode then) {
    ObjectNode condition = JSON.objectNode();
    condition.putObject("properties").putObject(key).put("const", word);
    condition.putArray("required").add(key);
    return JSON.objectNode().<ObjectNode>set("if", condition).set("then", then);
  }

  private static ObjectNode properties(ObjectNode object) {
    return (ObjectNode) object.get("properties");
  }

  private static ObjectNode listOf(ObjectNode item) {
    return JSON.objectNode().put("type", "array").set("items", item);
  }

  private static ObjectNode mapOf(ObjectNode value) {
    return JSON.objectNode().put("type", "object").set("additionalProperties", value);
  }
}
